using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.Interop.Judged;
using Evercard.Interop.Support;
using Evercard.Protocol;

namespace Evercard.Interop.Pcsc;

/// <summary>The card leaves the reader in the middle of its renewal, through PC/SC, and is finished in another one.</summary>
[Collection(ReadersCollection.Name)]
public sealed class PulledCardTests(VirtualReaders readers)
{
    [Theory]
    [InlineData(KeyReference.Signature)]
    [InlineData(KeyReference.Authentication)]
    public Task A_card_that_loses_power_after_a_key_was_made_is_finished_in_another_reader(KeyReference key) =>
        Finish((card, _, apdu) => card.CutAt(apdu + 1, CutPoint.AfterEffect), key);

    [Theory]
    [InlineData(KeyReference.Signature)]
    [InlineData(KeyReference.Authentication)]
    public Task A_card_that_is_pulled_while_a_key_is_made_is_finished_in_another_reader(KeyReference key) =>
        Finish((_, plugged, _) => plugged.Pull(), key);

    /// <param name="pull">Called while GENERATE ASYMMETRIC KEY PAIR is answered, with the number of that APDU.</param>
    /// <param name="key">Of which key.</param>
    private async Task Finish(Action<SimulatedCard, PluggedCard, int> pull, KeyReference key)
    {
        await using var desk = await Desk.Open(readers.Pcsc);
        var (card, id) = await desk.Issue();
        using var issued = card;
        var old = (await desk.CurrentCredentials(id)).Select(c => c.CertificateSerialNumber).ToList();
        await using (var first = await desk.PlugIn(readers, readers.All[2], card))
        {
            var session = (await desk.LogIn(first.Reader)).ShouldBeDone().SessionId;
            card.Transcript = exchange =>
            {
                if (exchange.Command.Ins == PivInstruction.GenerateAsymmetricKeyPair && exchange.Command.P2 == (byte)key)
                {
                    card.Transcript = null;
                    pull(card, first, exchange.Number);
                }
            };
            (await desk.Renew(first.Reader, session)).ShouldBeRefused("CARD-REMOVED");
        }

        await using var second = await PlugInUnfinished(desk, card);
        (await desk.Renew(second.Reader, null)).ShouldBeDone();

        var current = await desk.CurrentCredentials(id);
        current.Select(c => c.CertificateSerialNumber).Intersect(old).ShouldBeEmpty();
        foreach (var credential in current)
        {
            await JudgeBySigning(second.Reader, (KeyReference)credential.KeyReference, credential.CertificateSerialNumber);
        }
    }

    private async Task<PluggedCard> PlugInUnfinished(Desk desk, SimulatedCard card)
    {
        var greeting = desk.NextGreeting(readers.All[3].Name);
        var plugged = await PluggedCard.Into(readers, readers.All[3], card);
        (await greeting).ShouldBeDone().State.ShouldBe(CardStanding.RenewalUnfinished);
        return plugged;
    }

    private static async Task JudgeBySigning(string reader, KeyReference key, string serial)
    {
        var folder = Directory.CreateTempSubdirectory("evercard-interop-");
        try
        {
            string At(string name) => Path.Combine(folder.FullName, name);
            var id = key == KeyReference.Authentication ? "01" : "02";
            (await Witness.Run("pkcs15-tool", ["--reader", reader, "--read-certificate", id, "--output", At("certificate.pem")])).ShouldSucceed();
            (await Witness.Run("openssl", ["x509", "-in", At("certificate.pem"), "-noout", "-serial"])).ShouldSucceed().ShouldSay(serial);
            (await Signature.SignAndVerify(reader, id, PivAlgorithm.P256, At("certificate.pem"), At)).ShouldSucceed().ShouldSay("Verified OK");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
