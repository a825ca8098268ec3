using Evercard.Lifecycle;
using Evercard.Look;
using Evercard.Server.AgentLink;
using Evercard.Server.AtDesk;
using Evercard.Server.Browsers;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;

namespace Evercard.Server.Unlock;

/// <summary>Another passcode as it happens.</summary>
[Authorize(Permission.Unlock)]
public sealed class UnlockProgressModel(Database database, Desk desk, ConnectedAgents connected, LifecycleOptions options, TimeProvider time, PageFrame frame)
    : ProgressPage(DeskAct.Unlock, database, desk, connected, options, time, frame);
