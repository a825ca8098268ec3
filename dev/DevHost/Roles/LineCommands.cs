namespace Evercard.DevHost.Roles;

/// <summary>Commands from standard input, one a line; each is answered with one line that begins with "ok" or "failed".</summary>
internal static class LineCommands
{
    /// <summary>Returns at the command "end" and at the end of input.</summary>
    /// <param name="answer">Gets the words of a command; what it returns is told after "ok".</param>
    /// <param name="cancellation">Ends it at once.</param>
    public static async Task Serve(Func<string[], Task<string>> answer, CancellationToken cancellation)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        while (await input.ReadLineAsync(cancellation).AsTask().WaitAsync(cancellation) is { } line && line != "end")
        {
            string told;
            try
            {
                told = $"ok {await answer(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))}";
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                told = $"failed {e.GetType().Name} {e.Message.ReplaceLineEndings(" ")}";
            }

            await Console.Out.WriteLineAsync(told);
        }
    }

    public static Task WaitForEnd(CancellationToken cancellation) =>
        Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
}
