using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;

namespace Evercard.Cards.Drivers;

/// <summary>What must be known of a family of PIV cards before anything is written to one. Data only.</summary>
/// <param name="Name">Name in the registry: "standard-piv", "yubico-compatible".</param>
/// <param name="AdministrationAlgorithms">Algorithms that 9B may have.</param>
/// <param name="CanSetAdministrationKey">Whether 9B can be set over the card's own commands.</param>
/// <param name="PasscodeTries">Wrong passcodes in a row that lock the card.</param>
/// <param name="PukTries">Wrong PUKs in a row that end it.</param>
/// <param name="MaxObjectBytes">Most contents of a certificate's data object, which is what stands inside 53: 70, 71 and FE with their tags and lengths.</param>
/// <param name="KeyAlgorithms">Algorithms that each asymmetric key may have.</param>
/// <param name="AsksForResponse">Whether the answer to a witness carries an empty 82, as in the standard's example (part 2, appendix A.1).</param>
public sealed record CardDriver(
    string Name,
    IReadOnlyList<PivAlgorithm> AdministrationAlgorithms,
    bool CanSetAdministrationKey,
    int PasscodeTries,
    int PukTries,
    int MaxObjectBytes,
    IReadOnlyDictionary<KeyReference, IReadOnlyList<PivAlgorithm>> KeyAlgorithms,
    bool AsksForResponse)
{
    private static readonly PivAlgorithm[] AnySymmetric = [PivAlgorithm.TripleDes, PivAlgorithm.Aes128, PivAlgorithm.Aes192, PivAlgorithm.Aes256];
    private static readonly PivAlgorithm[] AnyAsymmetric = [PivAlgorithm.P256, PivAlgorithm.P384, PivAlgorithm.Rsa2048, PivAlgorithm.Rsa3072];
    private static readonly PivAlgorithm[] UpToRsa2048 = [PivAlgorithm.P256, PivAlgorithm.P384, PivAlgorithm.Rsa2048];

    /// <summary>
    /// A card of which only the standard is known: 1,905 bytes for each certificate's object, the least that every card
    /// has (SP 800-73-5 part 1, appendix A), no command to set 9B.
    /// </summary>
    public static readonly CardDriver StandardPiv = new(
        "standard-piv", AnySymmetric, CanSetAdministrationKey: false,
        PasscodeTries: 3, PukTries: 3, MaxObjectBytes: 1_905, SameForAllKeys(AnyAsymmetric), AsksForResponse: true);

    /// <summary>Cards with the vendor commands of the Yubico family.</summary>
    public static readonly CardDriver YubicoCompatible = new(
        "yubico-compatible", AnySymmetric, CanSetAdministrationKey: true,
        PasscodeTries: 3, PukTries: 3, MaxObjectBytes: 3_052, SameForAllKeys(UpToRsa2048), AsksForResponse: false);

    public static readonly IReadOnlyList<CardDriver> All = [StandardPiv, YubicoCompatible];

    /// <summary>The driver with this name, or null.</summary>
    public static CardDriver? ByName(string name) => All.FirstOrDefault(driver => driver.Name == name);

    /// <summary>Algorithms that a key may have on these cards; empty for a key that they do not have.</summary>
    public IReadOnlyList<PivAlgorithm> AlgorithmsOf(KeyReference key) =>
        key == KeyReference.Administration ? AdministrationAlgorithms : KeyAlgorithms.GetValueOrDefault(key, []);

    /// <summary>The command that sets 9B. Call <see cref="CommandApdu.ZeroData"/> once it is sent.</summary>
    /// <exception cref="InvalidOperationException">These cards have no such command, or not that algorithm.</exception>
    public CommandApdu SetAdministrationKey(AdministrationKey key) =>
        CanSetAdministrationKey && AdministrationAlgorithms.Contains(key.Algorithm)
            ? PivCommands.SetManagementKey(key.Algorithm, key.Bytes)
            : throw new InvalidOperationException($"Cards of the family {Name} do not take a new {key.Algorithm} administration key.");

    private static Dictionary<KeyReference, IReadOnlyList<PivAlgorithm>> SameForAllKeys(PivAlgorithm[] algorithms) => new()
    {
        [KeyReference.Authentication] = algorithms,
        [KeyReference.Signature] = algorithms,
        [KeyReference.KeyManagement] = algorithms,
        [KeyReference.CardAuthentication] = algorithms,
    };
}
