using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evercard.Authority.Storage.Migrations
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
                    SerialNumber = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    OrderId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    OrderDigest = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Profile = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Issuer = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ToBeSigned = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PreparedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    NotAfter = table.Column<long>(type: "INTEGER", nullable: false),
                    TokenDigest = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    IssuedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Certificate = table.Column<byte[]>(type: "BLOB", nullable: true),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RevocationReason = table.Column<int>(type: "INTEGER", nullable: true),
                    LastCrlNumber = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_authority_certificates", x => x.SerialNumber);
                });

            migrationBuilder.CreateTable(
                name: "authority_crls",
                columns: table => new
                {
                    Issuer = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    ThisUpdate = table.Column<long>(type: "INTEGER", nullable: false),
                    NextUpdate = table.Column<long>(type: "INTEGER", nullable: false),
                    Crl = table.Column<byte[]>(type: "BLOB", nullable: false)
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
