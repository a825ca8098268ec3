using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evercard.Registry.Migrations
{
    /// <inheritdoc />
    public partial class RegistrationAuthorities : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "RegistrationAuthorityCode",
                table: "organisations",
                type: "TEXT",
                maxLength: 12,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "RegistrationAuthorityCode",
                table: "organisations");
        }
    }
}
