using Evercard.Agent.CardScripts;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Readers;
using Evercard.Protocol;
using Evercard.Tests.Support;

namespace Evercard.Tests.Agent;

public class RunningActTests
{
    /// <summary>The PUK stayed in memory for as long as the garbage collector liked.</summary>
    [Fact]
    public void Nothing_of_a_PUK_is_left_in_a_message_that_was_run()
    {
        var time = new ManualTime();
        var connection = new ScriptedConnection(_ => new ResponseApdu(default, StatusWord.Success));
        var reader = new ReaderStatus("Reader 0", default, CardPresent: true, EventCount: 1);
        HeldPasscode.TryHold("739154", time, out var chosen).ShouldBeTrue();
        var act = new RunningAct(CardAct.Unlock, connection, reader, _ => reader, null, chosen, "https://care-identity.example", "agent", new Epochs(), time);
        byte[] puk = [1, 2, 3, 4, 5, 6, 7, 8];
        byte[] change = [0x00, 0x24, 0x00, 0x81, 0x10, .. puk, .. puk];
        var message = new RunScript("s", "a", CardAct.Unlock, 0, "Reader 0", "unlock", [new ScriptStep.SetPasscode(puk), new ScriptStep.Raw(change, AnyStatus: false)]);
        act.Run(message).ShouldBeOfType<ScriptDone>().Answers.Count.ShouldBe(2);
        connection.Sent.Count.ShouldBe(2);
        puk.ShouldAllBe(b => b == 0);
        change.ShouldAllBe(b => b == 0);
    }
}
