using System.Diagnostics.CodeAnalysis;
using System.Text;
using Evercard.Cards.Iso7816;

namespace Evercard.Cards.Piv.Objects;

/// <summary>Printed information (SP 800-73-5 part 1, 3.2.3 and table 14): what stands on the plastic. Reading it needs the passcode.</summary>
/// <param name="Name">At most 125 bytes.</param>
/// <param name="EmployeeAffiliation">At most 20 bytes.</param>
/// <param name="ExpirationDate">YYYYMMMDD, e.g. 2028JAN31.</param>
/// <param name="AgencyCardSerialNumber">At most 20 bytes.</param>
/// <param name="IssuerIdentification">At most 15 bytes.</param>
/// <param name="OrganizationLine1">At most 20 bytes; empty where absent.</param>
/// <param name="OrganizationLine2">At most 20 bytes; empty where absent.</param>
public sealed record PrintedInformation(
    string Name,
    string EmployeeAffiliation,
    string ExpirationDate,
    string AgencyCardSerialNumber,
    string IssuerIdentification,
    string OrganizationLine1 = "",
    string OrganizationLine2 = "")
{
    private const int ErrorDetectionCodeTag = 0xFE;

    /// <summary>Tag and most bytes of each field, in order.</summary>
    private static readonly (int Tag, int MostBytes)[] Fields = [(0x01, 125), (0x02, 20), (0x04, 9), (0x05, 20), (0x06, 15), (0x07, 20), (0x08, 20)];

    /// <summary>Reads the contents of the data object; a missing field is empty.</summary>
    /// <returns>False where the bytes are no TLVs or a field is too long; never throws.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> contents, [NotNullWhen(true)] out PrintedInformation? printed)
    {
        printed = null;
        if (!BerTlv.TryReadAll(contents, TlvReading.Tolerant, out var found))
        {
            return false;
        }

        var texts = new string[Fields.Length];
        for (var i = 0; i < Fields.Length; i++)
        {
            var value = BerTlv.Find(found, Fields[i].Tag) ?? default;
            if (value.Length > Fields[i].MostBytes)
            {
                return false;
            }

            texts[i] = Encoding.UTF8.GetString(value.Span);
        }

        printed = new PrintedInformation(texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], texts[6]);
        return true;
    }

    /// <summary>The contents for PUT DATA.</summary>
    /// <exception cref="InvalidOperationException">A field is too long.</exception>
    public byte[] Encode()
    {
        string[] texts =
        [
            Name, EmployeeAffiliation, ExpirationDate, AgencyCardSerialNumber, IssuerIdentification, OrganizationLine1, OrganizationLine2,
        ];
        byte[] contents = [];
        for (var i = 0; i < Fields.Length; i++)
        {
            var value = Encoding.UTF8.GetBytes(texts[i]);
            if (value.Length > Fields[i].MostBytes)
            {
                throw new InvalidOperationException($"Printed information {Fields[i].Tag:X2} has at most {Fields[i].MostBytes} bytes.");
            }

            // The two lines of the organisation are optional (tags 07 and 08).
            if (value.Length > 0 || Fields[i].Tag < 0x07)
            {
                contents = [.. contents, .. BerTlv.Encode(Fields[i].Tag, value)];
            }
        }

        return [.. contents, .. BerTlv.Encode(ErrorDetectionCodeTag, default)];
    }
}
