using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evercard.Authority.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "authority_certificates",
                columns: table => new
                {
                    SerialNumber = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    OrderId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    OrderDigest = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Profile = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Issuer = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    ToBeSigned = table.Column<byte[]>(type: "bytea", nullable: false),
                    PreparedAt = table.Column<long>(type: "bigint", nullable: false),
                    NotAfter = table.Column<long>(type: "bigint", nullable: false),
                    TokenDigest = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    IssuedAt = table.Column<long>(type: "bigint", nullable: true),
                    Certificate = table.Column<byte[]>(type: "bytea", nullable: true),
                    RevokedAt = table.Column<long>(type: "bigint", nullable: true),
                    RevocationReason = table.Column<int>(type: "integer", nullable: true),
                    LastCrlNumber = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_authority_certificates", x => x.SerialNumber);
                });

            migrationBuilder.CreateTable(
                name: "authority_crls",
                columns: table => new
                {
                    Issuer = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    ThisUpdate = table.Column<long>(type: "bigint", nullable: false),
                    NextUpdate = table.Column<long>(type: "bigint", nullable: false),
                    Crl = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_authority_crls", x => x.Issuer);
                });

            migrationBuilder.CreateIndex(
                name: "IX_authority_certificates_Issuer_LastCrlNumber",
                table: "authority_certificates",
                columns: new[] { "Issuer", "LastCrlNumber" },
                filter: "\"RevokedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_authority_certificates_OrderId",
                table: "authority_certificates",
                column: "OrderId",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "authority_certificates");

            migrationBuilder.DropTable(
                name: "authority_crls");
        }
    }
}
