using Evercard.Agent.CardScripts;
using Evercard.Cards.Piv;
using Evercard.Cards.Readers;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Protocol;

namespace Evercard.Tests.Server;

/// <summary>What an honest agent says of cards, for an agent in a test's hand.</summary>
internal static class BareAgentCards
{
    public static async Task Show(this BareAgent agent, SimulatedCard card, string reader, int insertion = 1)
    {
        await agent.Send(new SeeCard("s", reader, card.Image.Read(DataObject.Chuid)!, HasPivApplication: true, insertion));
        await agent.Receive<CardGreeting>();
    }

    /// <summary>Shows the card and logs in with the sample passcode.</summary>
    public static async Task<LoggedIn> LogIn(this BareAgent agent, Uri server, SimulatedCard card, string reader, int insertion = 1)
    {
        await agent.Show(card, reader, insertion);
        await agent.Send(new LogIn("l-1", reader));
        await agent.Send(agent.Answer(await agent.Receive<RunScript>(), server, card, reader));
        await agent.Receive<ActEnded>();
        return await agent.Receive<LoggedIn>();
    }

    /// <summary>Runs a script of a log-in on the card.</summary>
    public static Message Answer(this BareAgent agent, RunScript script, Uri server, SimulatedCard card, string reader)
    {
        using var readers = new SimulatedReaders(reader);
        readers.Insert(reader, card);
        using var held = SampleWard.Hold(SampleWard.Passcode, TimeProvider.System);
        ReaderStatus? Look(string name) => readers.List().Single();
        var act = new RunningAct(
            CardAct.LogIn, readers.Connect(reader), readers.List().Single(), Look, held, null, HelloStatement.OriginOf(server), agent.Id, new Epochs(), TimeProvider.System);
        return act.Run(script);
    }
}
