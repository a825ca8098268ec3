using Evercard.Lifecycle;
using Evercard.Server.AtDesk;
using Evercard.Server.Browsers;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;

namespace Evercard.Server.Repair;

/// <summary>After a repair.</summary>
[Authorize(Permission.Repair)]
public sealed class RepairedModel(Database database, Desk desk, AgentPageLinks agentPages, LifecycleOptions options, TimeProvider time)
    : DonePage(DeskAct.Repair, database, desk, agentPages, options, time);
