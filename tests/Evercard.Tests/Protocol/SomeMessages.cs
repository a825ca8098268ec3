using Evercard.Protocol;

namespace Evercard.Tests.Protocol;

/// <summary>At least one message of every type.</summary>
internal static class SomeMessages
{
    private static readonly DateTimeOffset Time = new(2026, 11, 22, 8, 4, 0, TimeSpan.Zero);
    private static readonly byte[] Nonce = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static IReadOnlyList<Message> All { get; } =
    [
        new Challenge(1, Nonce, Time, "0.1", "https://care-identity.example"),
        new Welcome(AgentStanding.Approved, Time),
        new RunScript("script-1", "act-1", CardAct.Renewal, 2, "Reader é 0", "observe",
        [
            new ScriptStep.Raw(new byte[] { 0, 0xA4, 4, 0 }, AnyStatus: true),
            new ScriptStep.VerifyPasscode(),
            new ScriptStep.SetPasscode(new byte[8]),
            new ScriptStep.ChangePasscode(),
            new ScriptStep.Prove(0x9A, 0x11, Nonce, 2, Tolerant: true),
            new ScriptStep.Reset(),
        ]),
        new Refused("r-1", "PASSCODE-WRONG", "That passcode is not right.", "Try again.", "EV-7K4Q-92", 2,
            new Dictionary<string, string> { ["expiredOn"] = "2026-11-10" }),
        new Refused(null, "AGENT-OLD", "Too old.", "Ask."),
        new CardGreeting("r-2", CardStanding.RenewalUnfinished, "Wren Holloway", "0412 7731", Time, 68, "WARD4-PC2", Time,
            ["Priya Saltmarsh, reception, 8am to 4pm, 01632 960001"]),
        new CardGreeting("r-2", CardStanding.Good, "Wren Holloway"),
        new LoggedIn("r-3", "s-1", "Wren Holloway", "999000000001", Time, 68, RenewalOffered: true,
            [new RoleOffer("999000001001", "Staff nurse, Ward 4", "Thistledown Hospitals (demo)")], "0412 7731"),
        new ChooseRole("r-8", "s-1", "999000001001"),
        new RoleChosen("r-8", "999000001001"),
        new ClaimTicket("r-9", "ticket", null),
        new TicketClaimed("r-9", "code-1"),
        new OpenPage("r-10", AgentPage.Renewal, "Reader 0", Time, "/renew/progress", TakeOver: true),
        new PageOpened("r-10", "/pages/abc"),
        new SetNewPasscode("r-11", "s-1", "Reader 0"),
        new ConfirmAct("r-21", "s-1", "Reader 0", "op-1"),
        new ActConfirmed("r-21", "op-1"),
        new TestCard("r-23", "s-1", "Reader 1"),
        new CardTested("r-23", true, true, false),
        new Evercard.Protocol.Repair("r-22", "s-1", "Reader 1", "op-1"),
        new Evercard.Protocol.Unlock("r-23", "s-1", "Reader 1", "op-1"),
        new PasscodeChanged("r-11"),
        new SessionEnded("00FF", "the person logged out"),
        new Progress("r-4", 8, "Making the signature key", 1200),
        new ActCompleted("r-4", "act-1", Time, Time.AddYears(2), ["0A1B", "0A1C"], 6, 900, 2_000),
        new ActEnded("act-1"),
        new Hello(1, "0.1.0", new byte[91], "WARD4-PC2", Time, new byte[64]),
        new ScriptDone("script-1", "act-1", 2, [new ScriptAnswer(0x9000, new byte[] { 1, 2 }, PasscodeVerified: true)], ScriptFailure.Removed, 1_234),
        new ScriptRefused("script-1", ScriptRefusal.CommandNotAllowed),
        new SeeCard("r-5", "Reader 0", new byte[59], HasPivApplication: true, Insertion: 3),
        new LogIn("r-6", "Reader 0"),
        new Renew("r-7", null, "Reader 0", TakeOver: true),
        new LogOut("s-1"),
        new CardGone("Reader 0", 3),
        new ReadersSeen([new ReaderSeen("Reader 0", HasCard: true), new ReaderSeen("Reader 1", HasCard: false)]),
    ];
}
