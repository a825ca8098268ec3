using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evercard.Registry.Migrations
{
    /// <inheritdoc />
    public partial class Unlock : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "one_unfinished_operation_per_smartcard",
                table: "operations");

            migrationBuilder.CreateIndex(
                name: "one_unfinished_operation_per_smartcard",
                table: "operations",
                column: "SmartcardId",
                unique: true,
                filter: "\"State\" IN ('Open', 'Waiting') AND \"Act\" <> 'Unlock'");

            migrationBuilder.CreateIndex(
                name: "one_unfinished_unlock_per_smartcard",
                table: "operations",
                column: "SmartcardId",
                unique: true,
                filter: "\"State\" IN ('Open', 'Waiting') AND \"Act\" = 'Unlock'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "one_unfinished_operation_per_smartcard",
                table: "operations");

            migrationBuilder.DropIndex(
                name: "one_unfinished_unlock_per_smartcard",
                table: "operations");

            migrationBuilder.CreateIndex(
                name: "one_unfinished_operation_per_smartcard",
                table: "operations",
                column: "SmartcardId",
                unique: true,
                filter: "\"State\" IN ('Open', 'Waiting')");
        }
    }
}
