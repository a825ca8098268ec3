using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Evercard.Tests.Support;

/// <summary>Keeps every line that is logged, exceptions included.</summary>
public sealed class CollectingLogs : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    private readonly Channel<string> unread = Channel.CreateUnbounded<string>();

    /// <summary>Waits for a line with these words; lines before it are passed over.</summary>
    public async Task Until(string words)
    {
        while (!(await unread.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20))).Contains(words, StringComparison.Ordinal))
        {
            // Not this one.
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = $"{formatter(state, exception)} {exception}";
        Lines.Enqueue(line);
        unread.Writer.TryWrite(line);
    }

    public void Dispose()
    {
    }
}
