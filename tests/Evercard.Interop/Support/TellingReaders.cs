using Evercard.Cards;
using Evercard.Cards.Readers;

namespace Evercard.Interop.Support;

/// <summary>The computer's readers, which tell when somebody finds a card taken.</summary>
internal sealed class TellingReaders(IReaders readers) : IReaders
{
    private volatile TaskCompletionSource busy = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The next time that a card is found taken.</summary>
    public Task NextBusy()
    {
        busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return busy.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public IReadOnlyList<ReaderStatus> List() => readers.List();

    public IReadOnlyList<ReaderStatus> WaitForChange(IReadOnlyList<ReaderStatus> known, TimeSpan atMost, CancellationToken cancellation) =>
        readers.WaitForChange(known, atMost, cancellation);

    public ICardConnection Connect(string reader, CardAccess access = CardAccess.ToAct)
    {
        try
        {
            return readers.Connect(reader, access);
        }
        catch (CardConnectionException e) when (e.Failure == CardConnectionFailure.Busy)
        {
            busy.TrySetResult();
            throw;
        }
    }

    public void Dispose()
    {
        // The readers belong to somebody else.
    }
}
