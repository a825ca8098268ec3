using Evercard.Registry.Audit;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Cli.Audit;

/// <summary>`evercard audit verify`: whether the audit trail is whole, without changing it.</summary>
public static class AuditVerify
{
    public const int Whole = 0;
    public const int Broken = 1;
    public const int Unusable = ChosenDatabase.Unusable;

    /// <param name="chosen">The database.</param>
    /// <param name="headSequence">A head noted earlier; only with it does a cut-off tail show.</param>
    /// <param name="headHash">Its hash, hexadecimal.</param>
    /// <param name="output">Where the answer goes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>0 whole, 1 broken, 2 no such database or no such head.</returns>
    public static async Task<int> Run(ChosenDatabase chosen, long? headSequence, string? headHash, TextWriter output, CancellationToken cancellation)
    {
        AuditHead? head = null;
        if (headSequence is null != headHash is null)
        {
            // Half a head would check nothing, and look as if it had.
            await output.WriteLineAsync("A head is --head-sequence and --head-hash together.");
            return Unusable;
        }

        if (headSequence is { } sequence && headHash is not null)
        {
            try
            {
                head = new AuditHead(sequence, Convert.FromHexString(headHash));
            }
            catch (FormatException)
            {
                await output.WriteLineAsync("--head-hash is not hexadecimal.");
                return Unusable;
            }
        }

        return await chosen.Try(
            async database => await Tell(
                await database.Read(
                    records => AuditChain.Verify(records.Registry.AuditEvents.OrderBy(e => e.Sequence).AsAsyncEnumerable(), head, cancellation), cancellation),
                output),
            output,
            TimeProvider.System);
    }

    private static async Task<int> Tell(AuditFinding finding, TextWriter output)
    {
        switch (finding)
        {
            case AuditFinding.Whole whole:
                await output.WriteLineAsync("The audit trail is whole. Note its head, to see later whether it was cut off:");
                await output.WriteLineAsync(whole.Head is { } last ? $"--head-sequence {last.Sequence} --head-hash {Convert.ToHexString(last.Hash.Span)}" : "(no event yet)");
                return Whole;
            case AuditFinding.Broken broken:
                await output.WriteLineAsync($"The audit trail is broken at event {broken.Sequence}: {broken.Fault}.");
                return Broken;
            default:
                throw new InvalidOperationException("A trail is whole or broken.");
        }
    }
}
