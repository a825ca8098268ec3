using System.Text;
using Evercard.Cards.Piv;
using Evercard.DevHost.SampleCards;
using Evercard.Tests.Agent;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Journey;

/// <summary>After a whole journey, a wrong try and a cut included, nothing that anybody keeps or carries holds a secret of the card.</summary>
public sealed class PasscodeSecrecyTests
{
    private const string Wrong = "80516427";

    [Fact]
    public async Task Passcode_9B_and_PUK_stand_in_no_frame_no_log_no_database_and_no_audit_event()
    {
        var service = new TappedNode();
        await service.InitializeAsync();
        try
        {
            var (card, _) = await service.Issue();
            var pc = service.Ward4Pc1;
            using (pc.With(card))
            {
                await pc.LogIn(Wrong);
                var session = await pc.Session();
                (await pc.Renew(session, passcode: Wrong)).ShouldRefuse("PASSCODE-WRONG");
                card.CutAtNext(PivInstruction.GenerateAsymmetricKeyPair, nth: 2);
                (await pc.Renew(session)).ShouldRefuse("CARD-REMOVED");
            }

            using (pc.With(card))
            {
                (await pc.Renew(null)).ShouldBeDone();
                (await pc.LogIn()).ShouldBeDone();
            }

            // Numbers in hexadecimal are told in either case, base64 in one; JSON may write a plus sign as an escape.
            var frames = string.Join('\n', service.Tap.Frames).Replace("\\u002B", "+", StringComparison.OrdinalIgnoreCase);
            var logs = string.Join('\n', service.Logs.Lines);
            var audit = string.Join('\n', (await service.Read(r => r.Registry.AuditEvents.ToListAsync())).SelectMany(e => e.Facts.Values));
            Forms(card.Image.Read(DataObject.Chuid)!).ShouldContain(form => frames.Contains(form, StringComparison.Ordinal), "what was sent is found");
            logs.ShouldNotBeEmpty();
            string[] secrets =
            [
                SampleWard.Passcode, Wrong,
                .. new[] { Padded(SampleWard.Passcode), Padded(Wrong), card.Image.Administration.Value, card.Image.Puk.Value }.SelectMany(Forms),
            ];
            foreach (var kept in (string[])[frames, logs, audit])
            {
                secrets.Where(secret => kept.Contains(secret, StringComparison.Ordinal) || kept.Contains(secret.ToLowerInvariant(), StringComparison.Ordinal)).ShouldBeEmpty();
            }

            byte[][] raw =
            [
                Encoding.ASCII.GetBytes(Wrong), Padded(SampleWard.Passcode), Padded(Wrong), card.Image.Administration.Value, card.Image.Puk.Value,
                .. secrets.Skip(2).Select(Encoding.ASCII.GetBytes),
            ];
            foreach (var stored in service.Store.Contents())
            {
                foreach (var secret in raw)
                {
                    stored.AsSpan().IndexOf(secret).ShouldBe(-1);
                }
            }
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    private static byte[] Padded(string passcode)
    {
        var block = new byte[PasscodeFormat.BlockLength];
        PasscodeFormat.TryPad(passcode, block).ShouldBeTrue();
        return block;
    }

    /// <summary>Hexadecimal and base64, where the first bytes stand at any place in a group of three.</summary>
    private static IEnumerable<string> Forms(byte[] secret)
    {
        yield return Convert.ToHexString(secret);
        foreach (var shift in (int[])[0, 1, 2])
        {
            var text = Convert.ToBase64String([.. new byte[shift], .. secret]);
            yield return text[(shift == 0 ? 0 : 4)..].TrimEnd('=')[..^1];
        }
    }

    private sealed class TappedNode : JourneyNode
    {
        public TappedLink Tap { get; private set; } = null!;

        protected override async Task Connecting()
        {
            Tap = await TappedLink.Start(Address);
            DialInstead(Tap.Address);
        }
    }
}
