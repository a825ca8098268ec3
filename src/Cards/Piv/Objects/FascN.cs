using System.Globalization;
using System.Numerics;

namespace Evercard.Cards.Piv.Objects;

/// <summary>
/// Federal Agency Smart Credential Number: 40 characters of 5 bits (4 bits least significant first, then odd parity),
/// 25 bytes (SP 800-73-5 part 1, 3.1.2; TIG SCEPACS 2.3, 6).
/// </summary>
/// <param name="AgencyCode">4 digits; 9999 outside the federal government.</param>
/// <param name="SystemCode">4 digits.</param>
/// <param name="CredentialNumber">6 digits.</param>
/// <param name="CredentialSeries">1 digit.</param>
/// <param name="IndividualCredentialIssue">1 digit.</param>
/// <param name="PersonIdentifier">10 digits.</param>
/// <param name="OrganizationalCategory">1 digit; 3 for a commercial enterprise.</param>
/// <param name="OrganizationalIdentifier">4 digits.</param>
/// <param name="Association">1 digit; 1 for an employee.</param>
public sealed record FascN(
    int AgencyCode = 9999,
    int SystemCode = 9999,
    int CredentialNumber = 999999,
    int CredentialSeries = 0,
    int IndividualCredentialIssue = 1,
    long PersonIdentifier = 0,
    int OrganizationalCategory = 3,
    int OrganizationalIdentifier = 0,
    int Association = 1)
{
    public const int Length = 25;

    private const int StartSentinel = 0xB;
    private const int FieldSeparator = 0xD;
    private const int EndSentinel = 0xF;
    private const int BitsPerCharacter = 5;

    /// <summary>The 25 bytes.</summary>
    /// <exception cref="InvalidOperationException">A field has more digits than it may have.</exception>
    public byte[] Encode()
    {
        var characters = new List<int> { StartSentinel };
        Add(characters, AgencyCode, 4, FieldSeparator);
        Add(characters, SystemCode, 4, FieldSeparator);
        Add(characters, CredentialNumber, 6, FieldSeparator);
        Add(characters, CredentialSeries, 1, FieldSeparator);
        Add(characters, IndividualCredentialIssue, 1, FieldSeparator);
        Add(characters, PersonIdentifier, 10);
        Add(characters, OrganizationalCategory, 1);
        Add(characters, OrganizationalIdentifier, 4);
        Add(characters, Association, 1, EndSentinel);
        characters.Add(characters.Aggregate(0, (check, next) => check ^ next));

        var bytes = new byte[Length];
        for (var i = 0; i < characters.Count; i++)
        {
            var parity = (BitOperations.PopCount((uint)characters[i]) & 1) ^ 1;
            for (var bit = 0; bit < BitsPerCharacter; bit++)
            {
                var set = bit < BitsPerCharacter - 1 ? (characters[i] >> bit) & 1 : parity;
                var at = (i * BitsPerCharacter) + bit;
                bytes[at / 8] |= (byte)(set << (7 - (at % 8)));
            }
        }

        return bytes;
    }

    private static void Add(List<int> characters, long value, int digits, int? then = null)
    {
        var text = value.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
        if (value < 0 || text.Length != digits)
        {
            throw new InvalidOperationException($"A FASC-N field has {digits} digits.");
        }

        characters.AddRange(text.Select(digit => digit - '0'));
        if (then is { } separator)
        {
            characters.Add(separator);
        }
    }
}
