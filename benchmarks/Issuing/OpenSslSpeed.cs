using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Evercard.Bench.Issuing;

/// <summary>What `openssl speed ecdsap256` says of this machine, for context.</summary>
internal static class OpenSslSpeed
{
    /// <summary>Signatures per second; null where there is no openssl.</summary>
    public static async Task<double?> Measure(CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("openssl", ["speed", "-mr", "-seconds", "2", "ecdsap256"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            var told = await process.StandardOutput.ReadToEndAsync(cancellation);
            await errors;
            await process.WaitForExitAsync(cancellation);

            // "+F4:2:256:SIGNATURES PER SECOND:VERIFICATIONS PER SECOND"
            var line = told.Split('\n').FirstOrDefault(l => l.StartsWith("+F4:", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line.Split(':')[3], CultureInfo.InvariantCulture);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
