using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evercard.Registry.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "agents",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    PublicKey = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ComputerName = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<string>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "audit_events",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    OperationId = table.Column<Guid>(type: "TEXT", nullable: true),
                    SmartcardId = table.Column<Guid>(type: "TEXT", nullable: true),
                    PersonUuid = table.Column<string>(type: "TEXT", nullable: true),
                    AgentId = table.Column<string>(type: "TEXT", nullable: true),
                    Facts = table.Column<string>(type: "TEXT", nullable: false),
                    PreviousHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_events", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "organisations",
                columns: table => new
                {
                    Code = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    RegistrationAuthority = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organisations", x => x.Code);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    PersonUuid = table.Column<string>(type: "TEXT", nullable: false),
                    SmartcardId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AgentId = table.Column<string>(type: "TEXT", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedBecause = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "people",
                columns: table => new
                {
                    Uuid = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    FullName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    OrganisationCode = table.Column<string>(type: "TEXT", nullable: false),
                    Email = table.Column<string>(type: "TEXT", nullable: true),
                    Mobile = table.Column<string>(type: "TEXT", nullable: true),
                    Status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people", x => x.Uuid);
                    table.ForeignKey(
                        name: "FK_people_organisations_OrganisationCode",
                        column: x => x.OrganisationCode,
                        principalTable: "organisations",
                        principalColumn: "Code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "role_profiles",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    PersonUuid = table.Column<string>(type: "TEXT", nullable: false),
                    OrganisationCode = table.Column<string>(type: "TEXT", nullable: false),
                    RoleCode = table.Column<string>(type: "TEXT", nullable: false),
                    RoleName = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_role_profiles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_role_profiles_organisations_OrganisationCode",
                        column: x => x.OrganisationCode,
                        principalTable: "organisations",
                        principalColumn: "Code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_role_profiles_people_PersonUuid",
                        column: x => x.PersonUuid,
                        principalTable: "people",
                        principalColumn: "Uuid",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "smartcards",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    SerialNumber = table.Column<string>(type: "TEXT", nullable: false),
                    PersonUuid = table.Column<string>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    CancelledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CancelledBecause = table.Column<string>(type: "TEXT", nullable: true),
                    Driver = table.Column<string>(type: "TEXT", nullable: false),
                    Chuid = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AdministrationAlgorithm = table.Column<byte>(type: "INTEGER", nullable: false),
                    WrappedAdministrationKey = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WrappedNextAdministrationKey = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WrappedPuk = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WrappedNextPuk = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_smartcards", x => x.Id);
                    table.ForeignKey(
                        name: "FK_smartcards_people_PersonUuid",
                        column: x => x.PersonUuid,
                        principalTable: "people",
                        principalColumn: "Uuid",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "credentials",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    SmartcardId = table.Column<Guid>(type: "TEXT", nullable: false),
                    KeyReference = table.Column<byte>(type: "INTEGER", nullable: false),
                    Algorithm = table.Column<byte>(type: "INTEGER", nullable: false),
                    PublicKey = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Origin = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    CertificateSerialNumber = table.Column<string>(type: "TEXT", nullable: false),
                    Certificate = table.Column<byte[]>(type: "BLOB", nullable: false),
                    NotAfter = table.Column<long>(type: "INTEGER", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    OperationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_credentials", x => x.Id);
                    table.ForeignKey(
                        name: "FK_credentials_smartcards_SmartcardId",
                        column: x => x.SmartcardId,
                        principalTable: "smartcards",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "operations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reference = table.Column<string>(type: "TEXT", nullable: false),
                    Act = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    SmartcardId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonUuid = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    AgentId = table.Column<string>(type: "TEXT", nullable: false),
                    ComputerName = table.Column<string>(type: "TEXT", nullable: false),
                    NotAfter = table.Column<long>(type: "INTEGER", nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FinishBy = table.Column<long>(type: "INTEGER", nullable: false),
                    TouchedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClosedBecause = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_operations_smartcards_SmartcardId",
                        column: x => x.SmartcardId,
                        principalTable: "smartcards",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "operation_steps",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    OperationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    KeyReference = table.Column<byte>(type: "INTEGER", nullable: false),
                    Attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Algorithm = table.Column<byte>(type: "INTEGER", nullable: false),
                    PublicKey = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Origin = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    ProofStatement = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ProofSignature = table.Column<byte[]>(type: "BLOB", nullable: true),
                    StagedByAgentId = table.Column<string>(type: "TEXT", nullable: true),
                    CertificateSerialNumber = table.Column<string>(type: "TEXT", nullable: true),
                    Certificate = table.Column<byte[]>(type: "BLOB", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operation_steps", x => x.Id);
                    table.ForeignKey(
                        name: "FK_operation_steps_operations_OperationId",
                        column: x => x.OperationId,
                        principalTable: "operations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_OperationId",
                table: "audit_events",
                column: "OperationId");

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_PersonUuid",
                table: "audit_events",
                column: "PersonUuid");

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_SmartcardId",
                table: "audit_events",
                column: "SmartcardId");

            migrationBuilder.CreateIndex(
                name: "IX_credentials_CertificateSerialNumber",
                table: "credentials",
                column: "CertificateSerialNumber",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "credentials_of_a_smartcard",
                table: "credentials",
                column: "SmartcardId");

            migrationBuilder.CreateIndex(
                name: "one_current_credential_per_key",
                table: "credentials",
                columns: new[] { "SmartcardId", "KeyReference" },
                unique: true,
                filter: "\"Status\" = 'Current'");

            migrationBuilder.CreateIndex(
                name: "IX_operation_steps_OperationId_KeyReference_Attempt",
                table: "operation_steps",
                columns: new[] { "OperationId", "KeyReference", "Attempt" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_operations_Reference",
                table: "operations",
                column: "Reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "one_unfinished_operation_per_smartcard",
                table: "operations",
                column: "SmartcardId",
                unique: true,
                filter: "\"State\" IN ('Open', 'Waiting')");

            migrationBuilder.CreateIndex(
                name: "operations_of_a_smartcard",
                table: "operations",
                column: "SmartcardId");

            migrationBuilder.CreateIndex(
                name: "IX_people_OrganisationCode",
                table: "people",
                column: "OrganisationCode");

            migrationBuilder.CreateIndex(
                name: "IX_role_profiles_OrganisationCode",
                table: "role_profiles",
                column: "OrganisationCode");

            migrationBuilder.CreateIndex(
                name: "IX_role_profiles_PersonUuid",
                table: "role_profiles",
                column: "PersonUuid");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_AgentId",
                table: "sessions",
                column: "AgentId");

            migrationBuilder.CreateIndex(
                name: "IX_smartcards_PersonUuid",
                table: "smartcards",
                column: "PersonUuid");

            // The trail only grows, whoever writes. A later migration that rebuilds this table must make the triggers again.
            migrationBuilder.Sql("""
                CREATE TRIGGER audit_events_are_not_changed BEFORE UPDATE ON audit_events
                BEGIN SELECT RAISE(ABORT, 'audit events are not changed'); END;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER audit_events_are_not_deleted BEFORE DELETE ON audit_events
                BEGIN SELECT RAISE(ABORT, 'audit events are not deleted'); END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agents");

            migrationBuilder.DropTable(
                name: "audit_events");

            migrationBuilder.DropTable(
                name: "credentials");

            migrationBuilder.DropTable(
                name: "operation_steps");

            migrationBuilder.DropTable(
                name: "role_profiles");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "operations");

            migrationBuilder.DropTable(
                name: "smartcards");

            migrationBuilder.DropTable(
                name: "people");

            migrationBuilder.DropTable(
                name: "organisations");
        }
    }
}
