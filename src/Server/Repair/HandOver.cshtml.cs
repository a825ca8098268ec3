using Evercard.Lifecycle;
using Evercard.Server.AtDesk;
using Evercard.Server.Browsers;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;

namespace Evercard.Server.Repair;

/// <summary>The keyboard goes to the cardholder, for a repair.</summary>
[Authorize(Permission.Repair)]
public sealed class HandOverModel(Database database, Desk desk, AgentPageLinks agentPages, LifecycleOptions options, TimeProvider time)
    : ConfirmedHandOverPage(DeskAct.Repair, database, desk, agentPages, options, time);
