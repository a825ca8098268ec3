using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;

namespace Evercard.CardSimulator;

/// <summary>Puts the links of a command chain together (ISO/IEC 7816-4, 5.3.3).</summary>
internal sealed class CommandChain
{
    // Around the object's value stand the tag list and the length field.
    private const int Envelope = 16;

    private readonly List<byte> _data = [];
    private (byte Ins, byte P1, byte P2)? _of;

    /// <summary>True where the instruction may come in links (SP 800-73-5 part 2, table 2).</summary>
    public static bool Allows(byte instruction) =>
        instruction is PivInstruction.PutData or PivInstruction.GeneralAuthenticate or PivInstruction.GenerateAsymmetricKeyPair;

    /// <summary>Takes a link that is not the last.</summary>
    public StatusWord Add(CommandApdu link, int maxObjectSize)
    {
        if (!Allows(link.Ins))
        {
            Abort();
            return StatusWord.CommandChainingNotSupported;
        }

        if (!Continues(link))
        {
            Abort();
            _of = (link.Ins, link.P1, link.P2);
        }

        if (_data.Count + link.Data.Length > maxObjectSize + Envelope)
        {
            Abort();
            return link.Ins == PivInstruction.PutData ? StatusWord.NotEnoughMemory : StatusWord.WrongLength;
        }

        _data.AddRange(link.Data.Span);
        return StatusWord.Success;
    }

    /// <summary>The whole command that ends with this link; a command of another kind drops the chain and stands alone.</summary>
    public CommandApdu Complete(CommandApdu last)
    {
        var whole = SoFar(last);
        Abort();
        return whole;
    }

    /// <summary>The command with everything received up to this link; the chain is left as it is.</summary>
    public CommandApdu SoFar(CommandApdu link) =>
        Continues(link) ? link with { Data = (byte[])[.. _data, .. link.Data.Span] } : link;

    public void Abort()
    {
        _of = null;
        _data.Clear();
    }

    private bool Continues(CommandApdu link) => _of == (link.Ins, link.P1, link.P2);
}
