using Evercard.Cards.Iso7816;

namespace Evercard.CardSimulator;

/// <summary>Gives a long answer in parts: 61xx and GET RESPONSE (ISO/IEC 7816-4, 5.3.4).</summary>
internal sealed class ResponseChain
{
    private ReadOnlyMemory<byte> _rest;
    private StatusWord _last;

    /// <summary>The first part of an answer, as much as the command asked for.</summary>
    public ResponseApdu Begin(ResponseApdu answer, int? le)
    {
        _rest = answer.Data;
        _last = answer.Status;
        return Next(le);
    }

    /// <summary>Answers GET RESPONSE.</summary>
    public ResponseApdu Continue(int? le) => _rest.IsEmpty ? ResponseApdu.Of(StatusWord.ConditionsOfUseNotSatisfied) : Next(le);

    public void Drop() => _rest = default;

    private ResponseApdu Next(int? le)
    {
        var count = Math.Min(_rest.Length, le ?? CommandApdu.MaxShortLe);
        var part = _rest[..count];
        _rest = _rest[count..];
        return new(part, _rest.IsEmpty ? _last : new StatusWord((ushort)(0x6100 | (_rest.Length > 255 ? 0 : _rest.Length))));
    }
}
