using Evercard.Lifecycle;
using Evercard.Look;
using Evercard.Server.AgentLink;
using Evercard.Server.AtDesk;
using Evercard.Server.Browsers;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;

namespace Evercard.Server.AssistedRenewal;

/// <summary>A renewal as it happens.</summary>
[Authorize(Permission.AssistedRenewal)]
public sealed class RenewalProgressModel(Database database, Desk desk, ConnectedAgents connected, LifecycleOptions options, TimeProvider time, PageFrame frame)
    : ProgressPage(DeskAct.Renewal, database, desk, connected, options, time, frame);
