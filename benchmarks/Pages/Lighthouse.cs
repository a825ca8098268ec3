using System.Diagnostics;
using System.Text.Json;
using Evercard.Journeys.Support;

namespace Evercard.Bench.Pages;

/// <summary>Lighthouse, in the version that benchmarks/Pages/lighthouse names; installed at first use.</summary>
/// <param name="repository">Where the sources are.</param>
/// <param name="folder">Takes the file with the browser's cookies; goes away after the run.</param>
internal sealed class Lighthouse(string repository, string folder)
{
    /// <summary>It says itself that it is to be run again where it could not watch the browser.</summary>
    public const int Tries = 3;

    private static readonly string[] Lists = ["package.json", "package-lock.json"];
    private readonly string installed = Path.Combine(repository, "benchmarks", "obj", "lighthouse");

    public async Task Install(CancellationToken cancellation)
    {
        Directory.CreateDirectory(installed);
        var isThere = File.Exists(Path.Combine(installed, "node_modules", "lighthouse", "cli", "index.js"));
        foreach (var list in Lists)
        {
            var (from, to) = (Path.Combine(repository, "benchmarks", "Pages", "lighthouse", list), Path.Combine(installed, list));
            isThere &= File.Exists(to) && await File.ReadAllTextAsync(from, cancellation) == await File.ReadAllTextAsync(to, cancellation);
            File.Copy(from, to, overwrite: true);
        }

        if (!isThere)
        {
            var (exitCode, _, failed) = await Run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], cancellation);
            if (exitCode != 0)
            {
                throw new InvalidOperationException($"npm ci: {failed}");
            }
        }
    }

    /// <param name="address">The whole address.</param>
    /// <param name="cookies">Value of the Cookie header that makes the browser logged in.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>From 0 to 100; null where it failed as often as it may.</returns>
    /// <exception cref="InvalidOperationException">Another page came.</exception>
    public async Task<(double Performance, double Accessibility)?> Judge(string address, string cookies, CancellationToken cancellation)
    {
        var headers = Path.Combine(folder, "headers.json");
        await File.WriteAllTextAsync(headers, JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["Cookie"] = cookies }), cancellation);
        string[] arguments =
        [
            Path.Combine("node_modules", "lighthouse", "cli", "index.js"), address, "--quiet", "--output=json", "--preset=desktop",
            "--only-categories=performance,accessibility", $"--extra-headers={headers}", $"--chrome-flags=--headless {string.Join(' ', Chromium.Flags)}",
        ];
        for (var i = 0; i < Tries; i++)
        {
            if (await Run("node", arguments, cancellation) is not (0, var told, _))
            {
                continue;
            }

            using var report = JsonDocument.Parse(told);
            var shown = report.RootElement.GetProperty("finalDisplayedUrl").GetString();
            if (shown != address)
            {
                throw new InvalidOperationException($"Lighthouse saw {shown} in place of {address}.");
            }

            if (Score(report, "performance") is { } performance && Score(report, "accessibility") is { } accessibility)
            {
                return (performance, accessibility);
            }
        }

        return null;
    }

    private static double? Score(JsonDocument report, string category) =>
        report.RootElement.GetProperty("categories").GetProperty(category).GetProperty("score") is { ValueKind: JsonValueKind.Number } score
            ? Math.Round(score.GetDouble() * 100)
            : null;

    private async Task<(int ExitCode, string Told, string Failed)> Run(string program, string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = installed, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["CHROME_PATH"] = Chromium.Program;
        using var process = Process.Start(start)!;
        var (told, failed) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await told, await failed);
    }
}
