using System.ComponentModel;
using System.Diagnostics;

namespace Evercard.Interop.Support;

/// <summary>Programs that others wrote, and our own commands, run as people run them.</summary>
internal static class Witness
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Name or path.</param>
    /// <param name="arguments">One each, without quotes.</param>
    /// <param name="stdin">What it reads; null: nothing.</param>
    /// <exception cref="InvalidOperationException">There is no such program.</exception>
    /// <exception cref="TimeoutException">It did not end within a minute, and was ended.</exception>
    public static async Task<Testimony> Run(string program, IReadOnlyList<string> arguments, string? stdin = null)
    {
        using var running = Start(program, arguments);
        await running.Say(stdin ?? string.Empty);
        return await running.Ended();
    }

    /// <summary>Starts a program that waits for its input.</summary>
    public static RunningWitness Start(string program, IReadOnlyList<string> arguments)
    {
        var how = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // What is read from the answers must not depend on whose computer this is.
        how.Environment["LC_ALL"] = "C.UTF-8";
        try
        {
            return new RunningWitness(Process.Start(how)!, $"{program} {string.Join(' ', arguments)}", AtMost);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{program} is not here; ./test installs what these tests need.", e);
        }
    }
}

/// <summary>A program that runs; disposing ends it.</summary>
internal sealed class RunningWitness : IDisposable
{
    private readonly Process process;
    private readonly string command;
    private readonly TimeSpan atMost;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    public RunningWitness(Process process, string command, TimeSpan atMost)
    {
        (this.process, this.command, this.atMost) = (process, command, atMost);
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public bool HasEnded => process.HasExited;

    /// <summary>Writes its whole standard input.</summary>
    public async Task Say(string stdin)
    {
        try
        {
            await process.StandardInput.WriteAsync(stdin);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says what that means.
        }
    }

    /// <exception cref="TimeoutException">It did not end in time, and was ended.</exception>
    public async Task<Testimony> Ended()
    {
        using var late = new CancellationTokenSource(atMost);
        try
        {
            // Not the ends of the streams: a program of the background may have inherited them.
            await process.WaitForExitAsync(late.Token);
            return new Testimony(command, process.ExitCode, await output.WaitAsync(late.Token), await errors.WaitAsync(late.Token));
        }
        catch (OperationCanceledException e)
        {
            Dispose();
            throw new TimeoutException($"{command} did not end within {atMost.TotalSeconds} s. It said:\n{await output}\n{await errors}", e);
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}

/// <summary>What a program said.</summary>
internal sealed record Testimony(string Command, int ExitCode, string Output, string Errors)
{
    /// <summary>Shown where an expectation fails.</summary>
    public override string ToString() => $"$ {Command}\nexit code {ExitCode}\n{Output}\n{Errors}";

    public Testimony ShouldSucceed() => ShouldEndWith(0);

    public Testimony ShouldEndWith(int exitCode)
    {
        ExitCode.ShouldBe(exitCode, ToString());
        return this;
    }

    public Testimony ShouldFail()
    {
        ExitCode.ShouldNotBe(0, ToString());
        return this;
    }

    /// <summary>On either stream: programs differ in where they speak.</summary>
    public Testimony ShouldSay(string words)
    {
        $"{Output}\n{Errors}".ShouldContain(words, Case.Sensitive, ToString());
        return this;
    }

    public Testimony ShouldNotSay(string words)
    {
        $"{Output}\n{Errors}".ShouldNotContain(words, Case.Insensitive, ToString());
        return this;
    }
}
