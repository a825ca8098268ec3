using Evercard.Lifecycle.AtDesk;
using Evercard.Server.AtDesk;
using Evercard.Server.Browsers;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;

namespace Evercard.Server.Unlock;

/// <summary>Who is at the desk, before another passcode.</summary>
[Authorize(Permission.Unlock)]
public sealed class IdentityModel(Desk desk, DeskOpening opening, AgentPageLinks agentPages) : IdentityPage(DeskAct.Unlock, desk, opening, agentPages);
