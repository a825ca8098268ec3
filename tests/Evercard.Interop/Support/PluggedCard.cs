using Evercard.CardSimulator;
using Evercard.CardSimulator.Vpcd;

namespace Evercard.Interop.Support;

/// <summary>A simulated card of this process in a virtual reader, until disposed or until its power fails.</summary>
internal sealed class PluggedCard : IAsyncDisposable
{
    private readonly VirtualReaders readers;
    private readonly CancellationTokenSource pulled = new();
    private readonly Task runs;

    private PluggedCard(VirtualReaders readers, SimulatedCard card, VirtualReader reader)
    {
        (this.readers, Reader) = (readers, reader.Name);
        runs = Task.Run(() => new VpcdEndpoint(card, reader.Port).Run(pulled.Token));
    }

    public string Reader { get; }

    /// <summary>Plugs the card in; does not wait for anything.</summary>
    public static PluggedCard Begin(VirtualReaders readers, VirtualReader reader, SimulatedCard card) => new(readers, card, reader);

    /// <summary>Returns once PC/SC sees the card.</summary>
    public static async Task<PluggedCard> Into(VirtualReaders readers, VirtualReader reader, SimulatedCard card)
    {
        var plugged = Begin(readers, reader, card);
        await readers.Until(reader.Name, one => one.CardPresent);
        return plugged;
    }

    /// <summary>Pulls the card; does not wait for anything.</summary>
    public void Pull() => pulled.Cancel();

    /// <summary>Returns once the card is out; PC/SC need not have noticed.</summary>
    public async Task End()
    {
        await pulled.CancelAsync();
        await runs;
    }

    /// <summary>Returns once PC/SC sees the reader empty.</summary>
    public async ValueTask DisposeAsync()
    {
        await End();
        await readers.Until(Reader, one => !one.CardPresent);
    }
}
