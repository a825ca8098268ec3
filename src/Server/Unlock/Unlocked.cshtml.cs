using Evercard.Lifecycle;
using Evercard.Server.AtDesk;
using Evercard.Server.Browsers;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;

namespace Evercard.Server.Unlock;

/// <summary>After another passcode.</summary>
[Authorize(Permission.Unlock)]
public sealed class UnlockedModel(Database database, Desk desk, AgentPageLinks agentPages, LifecycleOptions options, TimeProvider time)
    : DonePage(DeskAct.Unlock, database, desk, agentPages, options, time);
