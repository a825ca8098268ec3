using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;

namespace Evercard.CardSimulator.Commands;

/// <summary>PUT DATA (SP 800-73-5 part 2, 3.3.1): needs the administration key.</summary>
internal static class PutData
{
    private static readonly DataObject[] Certificates =
    [
        DataObject.AuthenticationCertificate, DataObject.SignatureCertificate, DataObject.KeyManagementCertificate, DataObject.CardAuthenticationCertificate,
    ];

    public static ResponseApdu Process(PivCard card, CommandApdu command)
    {
        if (command is not { P1: 0x3F, P2: 0xFF })
        {
            return ResponseApdu.Of(StatusWord.IncorrectParameters);
        }

        if (!card.Status.AdministrationAuthenticated)
        {
            return ResponseApdu.Of(StatusWord.SecurityStatusNotSatisfied);
        }

        if (!BerTlv.TryReadAll(command.Data, TlvReading.Strict, out var fields) || Read(fields) is not var (tag, value))
        {
            return ResponseApdu.Of(StatusWord.IncorrectData);
        }

        if (!PivApplication.Knows(tag, card.Image.Model))
        {
            return ResponseApdu.Of(StatusWord.FileNotFound);
        }

        if (value.Length > card.Image.Model.MaxObjectSize)
        {
            return ResponseApdu.Of(StatusWord.NotEnoughMemory);
        }

        if (card.Image.RefusesCertificates && Certificates.Contains(tag))
        {
            return ResponseApdu.Of(StatusWord.MemoryFailure);
        }

        card.Image.Write(tag, value.Span);
        card.Did(WorkKind.WriteObject, bytes: value.Length);
        return ResponseApdu.Ok();
    }

    /// <summary>Leaves the object as a power failure may leave it.</summary>
    /// <param name="card">The card.</param>
    /// <param name="command">What has been received of the command; the value may be cut short.</param>
    /// <param name="result">What shall be left.</param>
    /// <returns>False where the command would have written nothing.</returns>
    public static bool Tear(PivCard card, CommandApdu command, TornObject result)
    {
        if (!card.Status.AdministrationAuthenticated
            || !BerTlv.TryReadOne(command.Data, TlvReading.Strict, out var list, out var used)
            || list.Tag != 0x5C || TagList.Read(list.Value.Span) is not { } tag || !PivApplication.Knows(tag, card.Image.Model))
        {
            return false;
        }

        var received = ValueSoFar(command.Data[used..]);
        var old = card.Image.Read(tag) ?? [];
        var half = received[..(received.Length / 2)];
        byte[] left = result switch
        {
            TornObject.Old => old,
            TornObject.New => received.ToArray(),
            TornObject.Prefix => half.ToArray(),
            _ => [.. half.Span, .. old.AsSpan(Math.Min(old.Length, half.Length))],
        };
        card.Image.Write(tag, left);
        return true;
    }

    private static (DataObject Tag, ReadOnlyMemory<byte> Value)? Read(IReadOnlyList<BerTlv> fields)
    {
        if (fields is [{ Tag: 0x5C } list, { Tag: 0x53 } value])
        {
            return TagList.Read(list.Value.Span) is { } tag && !TagList.IsSelfDescribing(tag) ? (tag, value.Value) : null;
        }

        return fields is [{ Tag: 0x7E or 0x7F61 } own] ? (new(own.Tag), own.Value) : null;
    }

    // The length field tells the size of the whole value, of which only a part may be here.
    private static ReadOnlyMemory<byte> ValueSoFar(ReadOnlyMemory<byte> rest)
    {
        if (rest.Length < 2)
        {
            return default;
        }

        var header = 2 + (rest.Span[1] > 0x80 ? rest.Span[1] - 0x80 : 0);
        return rest.Length > header ? rest[header..] : default;
    }
}
