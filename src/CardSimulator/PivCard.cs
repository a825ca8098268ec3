using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator.Commands;
using Evercard.CardSimulator.Keys;
using Evercard.CardSimulator.Storage;

namespace Evercard.CardSimulator;

/// <summary>
/// The PIV card application of SP 800-73-5 on its contact interface, as a state machine: no time, no files, no threads.
/// Stricter than many real cards, so that a client that satisfies it satisfies them.
/// </summary>
public sealed class PivCard(CardImage image, KeyPool? pool = null)
{
    private readonly CommandChain _chain = new();
    private readonly ResponseChain _response = new();
    private readonly List<CardWork> _work = [];

    /// <summary>Taken by OpenSC for a generic PIV card with RSA and EC.</summary>
    public static ReadOnlyMemory<byte> Atr { get; } = Convert.FromHexString("3B888001504956544553543161");

    public CardImage Image { get; } = image;

    /// <summary>What the last command made the card do.</summary>
    public IReadOnlyList<CardWork> Work => _work;

    internal SecurityStatus Status { get; } = new();

    internal KeyPool Pool { get; } = pool ?? new();

    /// <summary>Power on or reset: nothing is selected, nothing is proven.</summary>
    public void PowerOn()
    {
        Status.PowerOn();
        _chain.Abort();
        _response.Drop();
    }

    /// <summary>Answers one command APDU; never throws.</summary>
    public ResponseApdu Process(CommandApdu command)
    {
        _work.Clear();
        if (command.Ins != PivInstruction.GeneralAuthenticate)
        {
            Status.PasscodeFresh = false;
        }

        if ((command.Cla & 0xEF) != 0)
        {
            return Refuse(StatusWord.ClassNotSupported);
        }

        if (command.NeedsExtendedLength && !Image.Model.ExtendedLength)
        {
            return Refuse(StatusWord.WrongLength);
        }

        if (command.Ins == PivInstruction.GetResponse)
        {
            _chain.Abort();
            return _response.Continue(command.Le);
        }

        _response.Drop();
        if (command.IsChained)
        {
            return ResponseApdu.Of(_chain.Add(command, Image.Model.MaxObjectSize));
        }

        return _response.Begin(CommandTable.Process(this, _chain.Complete(command)), command.Le);
    }

    /// <summary>Answers bytes that are no command APDU.</summary>
    public ResponseApdu ProcessMalformed()
    {
        _work.Clear();
        Status.PasscodeFresh = false;
        return Refuse(StatusWord.WrongLength);
    }

    /// <summary>Power fails while the card writes the data object that this PUT DATA, or this link of it, is about.</summary>
    /// <returns>False where the command writes no object: then nothing happened.</returns>
    public bool Tear(CommandApdu command, TornObject result) =>
        command.Ins == PivInstruction.PutData && PutData.Tear(this, _chain.SoFar(command), result);

    internal void Did(WorkKind kind, PivAlgorithm algorithm = default, int bytes = 0) => _work.Add(new(kind, algorithm, bytes));

    private ResponseApdu Refuse(StatusWord status)
    {
        _chain.Abort();
        _response.Drop();
        return ResponseApdu.Of(status);
    }
}
