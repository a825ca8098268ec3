using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.Lifecycle;

namespace Evercard.Tests.Lifecycle;

/// <summary>The promise of <see cref="Faults.SingleFaultTests"/> with RSA keys, and from RSA to P-256, where a cut hurts most.</summary>
[Trait("Kind", "sweep")]
public sealed class RsaSweepTests
{
    [Theory]
    [InlineData(PivAlgorithm.Rsa2048)]
    [InlineData(PivAlgorithm.P256)]
    public async Task An_RSA_card_cut_where_keys_and_certificates_change_is_finished_at_another_computer(PivAlgorithm next)
    {
        using var ward = await Ward.Open(new LifecycleOptions { KeyAlgorithm = next });
        var sweep = new CutSweep(ward, () => OtherCards.Rsa(ward));
        var apdus = await sweep.Undisturbed();
        bool Changes(int apdu) => apdus[apdu - 1] is PivInstruction.GenerateAsymmetricKeyPair or PivInstruction.PutData;
        var cuts = Enumerable.Range(1, apdus.Count).Where(n => Changes(n) || (n > 1 && Changes(n - 1))).ToList();
        cuts.Count.ShouldBeGreaterThan(6);
        foreach (var apdu in cuts)
        {
            await sweep.CutAndFinish(apdu, CutPoint.AfterEffect);
        }
    }
}
