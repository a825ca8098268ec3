using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evercard.Registry.Migrations.Postgres
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
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PublicKey = table.Column<byte[]>(type: "bytea", nullable: false),
                    ComputerName = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Version = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    FirstSeenAt = table.Column<long>(type: "bigint", nullable: false),
                    LastSeenAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "article_answers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Article = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Helped = table.Column<bool>(type: "boolean", nullable: false),
                    Line = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    Day = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_article_answers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "audit_events",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    OperationId = table.Column<Guid>(type: "uuid", nullable: true),
                    SmartcardId = table.Column<Guid>(type: "uuid", nullable: true),
                    PersonUuid = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    AgentId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Facts = table.Column<string>(type: "text", nullable: false),
                    PreviousHash = table.Column<byte[]>(type: "bytea", nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_events", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "browser_sessions",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    StartingCookieHash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CodeHash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    AgentId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SessionId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ClaimedAt = table.Column<long>(type: "bigint", nullable: false),
                    JoinedAt = table.Column<long>(type: "bigint", nullable: true),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    EndedBecause = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_browser_sessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "organisations",
                columns: table => new
                {
                    Code = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    RegistrationAuthority = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    RegistrationAuthorityCode = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: true, collation: "C"),
                    IdCheckers = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Unlockers = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ServiceDesk = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ComputerSupport = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organisations", x => x.Code);
                });

            migrationBuilder.CreateTable(
                name: "page_keys",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Wrapped = table.Column<byte[]>(type: "bytea", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_page_keys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "service_notices",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Text = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Audience = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    StartsAt = table.Column<long>(type: "bigint", nullable: false),
                    EndsAt = table.Column<long>(type: "bigint", nullable: true),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_service_notices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PersonUuid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SmartcardId = table.Column<Guid>(type: "uuid", nullable: false),
                    AgentId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false),
                    RoleProfileId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SuspendedUntil = table.Column<long>(type: "bigint", nullable: true),
                    SuspendedAt = table.Column<long>(type: "bigint", nullable: true),
                    SuspendedBecause = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    EndedBecause = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "people",
                columns: table => new
                {
                    Uuid = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false, collation: "C"),
                    FullName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    OrganisationCode = table.Column<string>(type: "character varying(12)", nullable: false, collation: "C"),
                    Email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Mobile = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Photograph = table.Column<byte[]>(type: "bytea", nullable: true),
                    PhotographType = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    ClosedAt = table.Column<long>(type: "bigint", nullable: true)
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
                    Id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false, collation: "C"),
                    PersonUuid = table.Column<string>(type: "character varying(12)", nullable: false, collation: "C"),
                    OrganisationCode = table.Column<string>(type: "character varying(12)", nullable: false, collation: "C"),
                    RoleCode = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    RoleName = table.Column<string>(type: "text", nullable: false, collation: "C")
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    SerialNumber = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PersonUuid = table.Column<string>(type: "character varying(12)", nullable: false, collation: "C"),
                    Status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    CancelledAt = table.Column<long>(type: "bigint", nullable: true),
                    CancelledBecause = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Driver = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Chuid = table.Column<byte[]>(type: "bytea", nullable: false),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: false),
                    AdministrationAlgorithm = table.Column<byte>(type: "smallint", nullable: false),
                    WrappedAdministrationKey = table.Column<byte[]>(type: "bytea", nullable: false),
                    WrappedNextAdministrationKey = table.Column<byte[]>(type: "bytea", nullable: true),
                    WrappedPuk = table.Column<byte[]>(type: "bytea", nullable: true),
                    WrappedNextPuk = table.Column<byte[]>(type: "bytea", nullable: true),
                    PukExposed = table.Column<bool>(type: "boolean", nullable: false)
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    SmartcardId = table.Column<Guid>(type: "uuid", nullable: false),
                    KeyReference = table.Column<byte>(type: "smallint", nullable: false),
                    Algorithm = table.Column<byte>(type: "smallint", nullable: false),
                    PublicKey = table.Column<byte[]>(type: "bytea", nullable: false),
                    Origin = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    CertificateSerialNumber = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Certificate = table.Column<byte[]>(type: "bytea", nullable: false),
                    NotAfter = table.Column<long>(type: "bigint", nullable: false),
                    Status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    OperationId = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false)
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
                name: "notifications",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Act = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    SmartcardId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonUuid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    OperationId = table.Column<Guid>(type: "uuid", nullable: true),
                    Channel = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    Address = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false, collation: "C"),
                    Subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    Summary = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false, collation: "C"),
                    Body = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    AlarmDigest = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    SentAt = table.Column<long>(type: "bigint", nullable: true),
                    Tries = table.Column<int>(type: "integer", nullable: false),
                    NextTryAt = table.Column<long>(type: "bigint", nullable: false),
                    GivenUpAt = table.Column<long>(type: "bigint", nullable: true),
                    AlarmRaisedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifications", x => x.Id);
                    table.ForeignKey(
                        name: "FK_notifications_smartcards_SmartcardId",
                        column: x => x.SmartcardId,
                        principalTable: "smartcards",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "operations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Reference = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Act = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    SmartcardId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonUuid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    State = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    Epoch = table.Column<int>(type: "integer", nullable: false),
                    AgentId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ComputerName = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    NotAfter = table.Column<long>(type: "bigint", nullable: false),
                    OpenedAt = table.Column<long>(type: "bigint", nullable: false),
                    FinishBy = table.Column<long>(type: "bigint", nullable: false),
                    TouchedAt = table.Column<long>(type: "bigint", nullable: false),
                    ClosedAt = table.Column<long>(type: "bigint", nullable: true),
                    StoppedCode = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    StoppedDetail = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    StoppedNextStep = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    StoppedTriesLeft = table.Column<int>(type: "integer", nullable: true),
                    VisitBeganAt = table.Column<long>(type: "bigint", nullable: true),
                    OperatorUuid = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    OperatorSmartcardId = table.Column<Guid>(type: "uuid", nullable: true),
                    OperatorSessionId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    IdentityEvidence = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ConfirmedAt = table.Column<long>(type: "bigint", nullable: true),
                    ConfirmationStatement = table.Column<byte[]>(type: "bytea", nullable: true),
                    ConfirmationSignature = table.Column<byte[]>(type: "bytea", nullable: true),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    ClosedBecause = table.Column<string>(type: "text", nullable: true, collation: "C")
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    OperationId = table.Column<Guid>(type: "uuid", nullable: false),
                    KeyReference = table.Column<byte>(type: "smallint", nullable: false),
                    Attempt = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    Algorithm = table.Column<byte>(type: "smallint", nullable: false),
                    PublicKey = table.Column<byte[]>(type: "bytea", nullable: true),
                    Origin = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    ProofStatement = table.Column<byte[]>(type: "bytea", nullable: true),
                    ProofSignature = table.Column<byte[]>(type: "bytea", nullable: true),
                    StagedByAgentId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    CertificateSerialNumber = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Certificate = table.Column<byte[]>(type: "bytea", nullable: true),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false)
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
                name: "IX_article_answers_Article",
                table: "article_answers",
                column: "Article");

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
                name: "IX_browser_sessions_SessionId",
                table: "browser_sessions",
                column: "SessionId");

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
                name: "IX_notifications_AlarmDigest",
                table: "notifications",
                column: "AlarmDigest");

            migrationBuilder.CreateIndex(
                name: "IX_notifications_SmartcardId",
                table: "notifications",
                column: "SmartcardId");

            migrationBuilder.CreateIndex(
                name: "notifications_to_be_sent",
                table: "notifications",
                column: "NextTryAt",
                filter: "\"Body\" IS NOT NULL");

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
                filter: "\"State\" IN ('Open', 'Waiting') AND \"Act\" <> 'Unlock'");

            migrationBuilder.CreateIndex(
                name: "one_unfinished_unlock_per_smartcard",
                table: "operations",
                column: "SmartcardId",
                unique: true,
                filter: "\"State\" IN ('Open', 'Waiting') AND \"Act\" = 'Unlock'");

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

            // The trail only grows, whoever writes. A later migration that makes this table anew must make the triggers again.
            migrationBuilder.Sql("""
                CREATE FUNCTION audit_events_only_grow() RETURNS trigger LANGUAGE plpgsql
                AS $$ BEGIN RAISE EXCEPTION 'audit events are neither changed nor deleted'; END $$;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER audit_events_are_not_changed BEFORE UPDATE ON audit_events EXECUTE FUNCTION audit_events_only_grow();
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER audit_events_are_not_deleted BEFORE DELETE OR TRUNCATE ON audit_events EXECUTE FUNCTION audit_events_only_grow();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agents");

            migrationBuilder.DropTable(
                name: "article_answers");

            migrationBuilder.DropTable(
                name: "audit_events");

            migrationBuilder.DropTable(
                name: "browser_sessions");

            migrationBuilder.DropTable(
                name: "credentials");

            migrationBuilder.DropTable(
                name: "notifications");

            migrationBuilder.DropTable(
                name: "operation_steps");

            migrationBuilder.DropTable(
                name: "page_keys");

            migrationBuilder.DropTable(
                name: "role_profiles");

            migrationBuilder.DropTable(
                name: "service_notices");

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

            migrationBuilder.Sql("DROP FUNCTION audit_events_only_grow();");
        }
    }
}
