using Evercard.Lifecycle;
using Evercard.Server.AtDesk;
using Evercard.Server.Browsers;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;

namespace Evercard.Server.AssistedRenewal;

/// <summary>After a renewal.</summary>
[Authorize(Permission.AssistedRenewal)]
public sealed class RenewedModel(Database database, Desk desk, AgentPageLinks agentPages, LifecycleOptions options, TimeProvider time)
    : DonePage(DeskAct.Renewal, database, desk, agentPages, options, time);
