using Evercard.Lifecycle;
using Evercard.Look;
using Evercard.Server.AgentLink;
using Evercard.Server.AtDesk;
using Evercard.Server.Browsers;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;

namespace Evercard.Server.Repair;

/// <summary>A repair as it happens.</summary>
[Authorize(Permission.Repair)]
public sealed class RepairProgressModel(Database database, Desk desk, ConnectedAgents connected, LifecycleOptions options, TimeProvider time, PageFrame frame)
    : ProgressPage(DeskAct.Repair, database, desk, connected, options, time, frame);
