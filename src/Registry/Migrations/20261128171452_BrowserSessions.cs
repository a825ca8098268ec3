using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evercard.Registry.Migrations
{
    /// <inheritdoc />
    public partial class BrowserSessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "RoleProfileId",
                table: "sessions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SuspendedAt",
                table: "sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SuspendedBecause",
                table: "sessions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SuspendedUntil",
                table: "sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Photograph",
                table: "people",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PhotographType",
                table: "people",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ComputerSupport",
                table: "organisations",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "IdCheckers",
                table: "organisations",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "ServiceDesk",
                table: "organisations",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Unlockers",
                table: "organisations",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "StoppedCode",
                table: "operations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "StoppedDetail",
                table: "operations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "StoppedNextStep",
                table: "operations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "StoppedTriesLeft",
                table: "operations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "VisitBeganAt",
                table: "operations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "browser_sessions",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    StartingCookieHash = table.Column<string>(type: "TEXT", nullable: false),
                    CodeHash = table.Column<string>(type: "TEXT", nullable: false),
                    AgentId = table.Column<string>(type: "TEXT", nullable: false),
                    SessionId = table.Column<string>(type: "TEXT", nullable: true),
                    ClaimedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    JoinedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedBecause = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_browser_sessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "page_keys",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    Wrapped = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_page_keys", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_browser_sessions_SessionId",
                table: "browser_sessions",
                column: "SessionId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "browser_sessions");

            migrationBuilder.DropTable(
                name: "page_keys");

            migrationBuilder.DropColumn(
                name: "RoleProfileId",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "SuspendedAt",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "SuspendedBecause",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "SuspendedUntil",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "Photograph",
                table: "people");

            migrationBuilder.DropColumn(
                name: "PhotographType",
                table: "people");

            migrationBuilder.DropColumn(
                name: "ComputerSupport",
                table: "organisations");

            migrationBuilder.DropColumn(
                name: "IdCheckers",
                table: "organisations");

            migrationBuilder.DropColumn(
                name: "ServiceDesk",
                table: "organisations");

            migrationBuilder.DropColumn(
                name: "Unlockers",
                table: "organisations");

            migrationBuilder.DropColumn(
                name: "StoppedCode",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "StoppedDetail",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "StoppedNextStep",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "StoppedTriesLeft",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "VisitBeganAt",
                table: "operations");
        }
    }
}
