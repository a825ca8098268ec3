using System.Text.RegularExpressions;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.Interop.Support;
using Evercard.Registry.Smartcards;

namespace Evercard.Interop.Judged;

/// <summary>One key of the renewed card, with what is judged. Files are PEM.</summary>
/// <param name="Slot">"9a" or "9c".</param>
/// <param name="Pkcs11Id">OpenSC's name for it: "01" or "02".</param>
/// <param name="OldSerial">Upper-case hexadecimal, by the authority's record.</param>
/// <param name="NewSerial">The same of the certificate that counts now.</param>
/// <param name="OldCertificate">From the authority's record.</param>
/// <param name="Certificate">As yubico-piv-tool read it from the card after the renewal.</param>
/// <param name="Issuer">The issuing CA, from the address in the certificate.</param>
/// <param name="Crl">From the address in the certificate, fetched after the renewal.</param>
internal sealed record JudgedKey(
    string Slot, string Pkcs11Id, string OldSerial, string NewSerial, string OldCertificate, string Certificate, string Issuer, string Crl);

/// <summary>A card that was issued, logged in and renewed over PC/SC, and is still in its reader. The service has ended; its publications are kept as files.</summary>
internal sealed partial class RenewedCard : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("evercard-interop-").FullName;
    private readonly SimulatedCard card;
    private readonly PluggedCard plugged;

    private RenewedCard(SimulatedCard card, PluggedCard plugged) => (this.card, this.plugged) = (card, plugged);

    public string Reader => plugged.Reader;

    /// <summary>Self-signed certificate of the root CA; PEM file.</summary>
    public string Root { get; private set; } = "";

    /// <summary>9A, then 9C.</summary>
    public IReadOnlyList<JudgedKey> Keys { get; private set; } = [];

    public static async Task<RenewedCard> Make(VirtualReaders readers, VirtualReader reader, PivAlgorithm algorithm)
    {
        await using var desk = await Desk.Open(readers.Pcsc, algorithm);
        var (card, id) = await desk.Issue();
        var renewed = new RenewedCard(card, await desk.PlugIn(readers, reader, card));
        try
        {
            await renewed.Renew(desk, id);
            return renewed;
        }
        catch
        {
            await renewed.DisposeAsync();
            throw;
        }
    }

    /// <summary>A file of this card's folder.</summary>
    public string At(string name) => Path.Combine(folder, name);

    public JudgedKey Key(KeyReference key) => Keys[key == KeyReference.Authentication ? 0 : 1];

    /// <summary>Issuing CA and root in one file, for programs that want the whole store so.</summary>
    public string Store(JudgedKey key)
    {
        var file = At($"store-{key.Slot}.pem");
        File.WriteAllText(file, File.ReadAllText(key.Issuer) + File.ReadAllText(Root));
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await plugged.DisposeAsync();
        card.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task Renew(Desk desk, Guid id)
    {
        var session = (await desk.LogIn(Reader)).ShouldBeDone().SessionId;
        var before = await desk.CurrentCredentials(id);

        // OpenSC reads the old certificates first: if it kept any of them, it would be caught later.
        (await Witness.Run("pkcs15-tool", ["--reader", Reader, "--list-certificates"])).ShouldSucceed().ShouldSay(before[0].CertificateSerialNumber);

        var done = (await desk.Renew(Reader, session)).ShouldBeDone();
        done.RoundTrips.ShouldBeLessThanOrEqualTo(6);
        await desk.Agent.LogOut(session, default);
        await Collect(desk, before, await desk.CurrentCredentials(id));
    }

    private async Task Collect(Desk desk, List<Credential> before, List<Credential> after)
    {
        using var http = new HttpClient();
        Root = await Pem("root", "x509", await http.GetByteArrayAsync($"{desk.Node.Address}/ca/root.cer"));
        var keys = new List<JudgedKey>();
        foreach (var (key, id) in ((KeyReference, string)[])[(KeyReference.Authentication, "01"), (KeyReference.Signature, "02")])
        {
            var slot = $"{(byte)key:x2}";
            var old = before.Single(c => c.KeyReference == (byte)key);
            var now = after.Single(c => c.KeyReference == (byte)key);
            var certificate = At($"{slot}.pem");
            (await Witness.Run("yubico-piv-tool", ["-r", Reader, "-a", "read-certificate", "-s", slot, "-o", certificate])).ShouldSucceed();
            var text = (await Witness.Run("openssl", ["x509", "-in", certificate, "-noout", "-ext", "crlDistributionPoints,authorityInfoAccess"])).ShouldSucceed();
            var addresses = Address().Matches(text.Output).Select(match => match.Value).ToList();
            keys.Add(new JudgedKey(
                slot,
                id,
                old.CertificateSerialNumber,
                now.CertificateSerialNumber,
                await Pem($"old-{slot}", "x509", old.Certificate),
                certificate,
                await Pem($"issuer-{slot}", "x509", await http.GetByteArrayAsync(addresses.Single(a => a.EndsWith(".cer", StringComparison.Ordinal)))),
                await Pem($"crl-{slot}", "crl", await http.GetByteArrayAsync(addresses.Single(a => a.EndsWith(".crl", StringComparison.Ordinal))))));
        }

        Keys = keys;
    }

    private async Task<string> Pem(string name, string kind, byte[] der)
    {
        await File.WriteAllBytesAsync(At($"{name}.der"), der);
        (await Witness.Run("openssl", [kind, "-inform", "DER", "-in", At($"{name}.der"), "-out", At($"{name}.pem")])).ShouldSucceed();
        return At($"{name}.pem");
    }

    [GeneratedRegex(@"http://\S+", RegexOptions.None, 1_000)]
    private static partial Regex Address();
}
