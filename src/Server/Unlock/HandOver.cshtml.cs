using Evercard.Lifecycle;
using Evercard.Server.AtDesk;
using Evercard.Server.Browsers;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;

namespace Evercard.Server.Unlock;

/// <summary>The keyboard goes to the cardholder, for another passcode.</summary>
[Authorize(Permission.Unlock)]
public sealed class HandOverModel(Database database, Desk desk, AgentPageLinks agentPages, LifecycleOptions options, TimeProvider time)
    : ConfirmedHandOverPage(DeskAct.Unlock, database, desk, agentPages, options, time);
