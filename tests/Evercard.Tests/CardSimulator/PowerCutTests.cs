using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;

namespace Evercard.Tests.CardSimulator;

public sealed class PowerCutTests : IDisposable
{
    private static readonly byte[] Old = [.. Enumerable.Repeat((byte)0xAA, 600)];
    private static readonly byte[] New = [.. Enumerable.Repeat((byte)0xBB, 550)];

    private readonly SimulatedReaders _readers = new("one");
    private readonly SimulatedCard _card = SimulatedCard.CreateBlank(new CardModel());

    public PowerCutTests() => _readers.Insert("one", _card);

    [Fact]
    public void A_cut_before_the_effect_leaves_everything_as_it_was()
    {
        using var connection = Administered();
        _card.CutAt(_card.ApdusSeen + 1, CutPoint.BeforeEffect);
        Lost(() => connection.Transmit(PivCommands.GenerateKeyPair(KeyReference.Signature, PivAlgorithm.P256)));
        _card.Image.Key(KeyReference.Signature).ShouldBeNull();
    }

    [Fact]
    public void A_cut_after_the_effect_loses_the_answer_only()
    {
        using var connection = Administered();
        _card.CutAt(_card.ApdusSeen + 1, CutPoint.AfterEffect);
        Lost(() => connection.Transmit(PivCommands.GenerateKeyPair(KeyReference.Signature, PivAlgorithm.P256)));
        _card.Image.Key(KeyReference.Signature).ShouldNotBeNull();
    }

    [Fact]
    public void The_card_stays_dead_until_it_is_inserted_again()
    {
        using var connection = Administered();
        _card.CutAt(_card.ApdusSeen + 1, CutPoint.BeforeEffect);
        Lost(() => connection.Transmit(PivCommands.Select()));
        Lost(() => connection.Transmit(PivCommands.Select()));
        _readers.List()[0].CardPresent.ShouldBeFalse();
        _readers.Insert("one", _card);
        using var again = _readers.Connect("one");
        again.Transmit(PivCommands.VerifyStatus()).Status.ShouldBe(StatusWord.SecurityStatusNotSatisfied);
        again.Transmit(PivCommands.Select()).Status.ShouldBe(StatusWord.Success);
    }

    [Theory]
    [InlineData(TornObject.Old, 3, 600, 0)]
    [InlineData(TornObject.New, 3, 550, 550)]
    [InlineData(TornObject.Prefix, 3, 275, 275)]
    [InlineData(TornObject.Mixture, 3, 600, 275)]
    [InlineData(TornObject.Old, 2, 600, 0)]
    [InlineData(TornObject.New, 1, 246, 246)]
    public void A_torn_write_leaves_what_was_asked_for(TornObject result, int link, int size, int newBytes)
    {
        using var connection = Administered();
        Write(connection, Old).Status.ShouldBe(StatusWord.Success);
        _card.CutAt(_card.ApdusSeen + link, CutPoint.TornWrite(result));
        Lost(() => Write(connection, New));
        var left = _card.Image.Read(DataObject.SignatureCertificate)!;
        left.ShouldBe([.. New[..newBytes], .. Old[newBytes..size]]);
    }

    [Fact]
    public void A_torn_write_of_a_command_that_writes_nothing_does_nothing()
    {
        using var connection = Administered();
        _card.CutAt(_card.ApdusSeen + 1, CutPoint.TornWrite(TornObject.New));
        Lost(() => connection.Transmit(PivCommands.GenerateKeyPair(KeyReference.Signature, PivAlgorithm.P256)));
        _card.Image.Key(KeyReference.Signature).ShouldBeNull();
    }

    [Fact]
    public void The_transcript_tells_each_exchange_and_the_lost_answer()
    {
        var seen = new List<ApduExchange>();
        _card.Transcript = seen.Add;
        using var connection = _readers.Connect("one");
        connection.Transmit(PivCommands.Select());
        _card.CutAt(2, CutPoint.AfterEffect);
        Lost(() => connection.Transmit(PivCommands.Verify("99999999"u8)));
        seen.Select(one => (one.Number, one.Command.Ins, one.Answer is null)).ShouldBe([(1, PivInstruction.Select, false), (2, PivInstruction.Verify, true)]);
        _card.Image.Passcode.TriesLeft.ShouldBe(2);
    }

    public void Dispose()
    {
        _readers.Dispose();
        _card.Dispose();
    }

    private Evercard.Cards.Readers.ICardConnection Administered()
    {
        var connection = _readers.Connect("one");
        connection.Transmit(PivCommands.Select());
        using var key = AdministrationKey.Factory();
        var witness = key.DecryptWitness(Administration.Field(connection.Transmit(PivCommands.RequestWitness(key.Algorithm))));
        connection.Transmit(PivCommands.AnswerWitness(key.Algorithm, witness, new byte[8])).Status.ShouldBe(StatusWord.Success);
        return connection;
    }

    private static ResponseApdu Write(Evercard.Cards.Readers.ICardConnection connection, byte[] value) =>
        CommandChaining.Transmit(connection, PivCommands.PutData(DataObject.SignatureCertificate, value));

    private static void Lost(Func<ResponseApdu> command) =>
        Should.Throw<CardConnectionException>(() => command()).Failure.ShouldBe(CardConnectionFailure.Removed);
}
