using Evercard.Lifecycle.AtDesk;
using Evercard.Server.AtDesk;
using Evercard.Server.Browsers;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;

namespace Evercard.Server.Repair;

/// <summary>Who is at the desk, before a repair.</summary>
[Authorize(Permission.Repair)]
public sealed class IdentityModel(Desk desk, DeskOpening opening, AgentPageLinks agentPages) : IdentityPage(DeskAct.Repair, desk, opening, agentPages);
