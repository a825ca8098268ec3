using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evercard.Registry.Migrations
{
    /// <inheritdoc />
    public partial class Repair : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "PukExposed",
                table: "smartcards",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<byte[]>(
                name: "ConfirmationSignature",
                table: "operations",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "ConfirmationStatement",
                table: "operations",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ConfirmedAt",
                table: "operations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Failures",
                table: "operations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "IdentityEvidence",
                table: "operations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OperatorSessionId",
                table: "operations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "OperatorSmartcardId",
                table: "operations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OperatorUuid",
                table: "operations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reason",
                table: "operations",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "PukExposed",
                table: "smartcards");

            migrationBuilder.DropColumn(
                name: "ConfirmationSignature",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "ConfirmationStatement",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "ConfirmedAt",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "Failures",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "IdentityEvidence",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "OperatorSessionId",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "OperatorSmartcardId",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "OperatorUuid",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "Reason",
                table: "operations");
        }
    }
}
