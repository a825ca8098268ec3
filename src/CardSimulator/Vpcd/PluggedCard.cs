using System.Text.Json;

namespace Evercard.CardSimulator.Vpcd;

/// <summary>A stored card in a virtual reader: what `dev/card FILE PORT` runs.</summary>
public static class PluggedCard
{
    /// <summary>Plugs the card in and keeps it there until cancelled. Where there is no such file, a blank card is made.</summary>
    /// <param name="file">Card file.</param>
    /// <param name="port">Of the virtual reader, on 127.0.0.1.</param>
    /// <param name="cancellation">Takes the card out.</param>
    /// <param name="tell">Gets a line for each thing that a person at the terminal wants to know; null: nobody listens.</param>
    /// <returns>Exit code: 0, or 1 where the file holds no card or another process has it.</returns>
    public static async Task<int> Run(string file, int port, CancellationToken cancellation, TextWriter? tell = null)
    {
        tell ??= TextWriter.Null;
        try
        {
            var isNew = !File.Exists(file);
            using var card = isNew ? SimulatedCard.CreateBlank(CardModel.Yubico, file) : SimulatedCard.Open(file);
            await tell.WriteLineAsync(isNew
                ? $"{file}: a new blank card (passcode 123456, PUK 12345678, factory administration key)"
                : $"{file}: {card.Model.Name}");
            var endpoint = new VpcdEndpoint(card, port)
            {
                Plugged = isIn => tell.WriteLine(isIn ? $"In the reader at port {port}. Ctrl+C takes the card out." : "The reader is gone; waiting for it."),
            };
            await endpoint.Run(cancellation);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            await tell.WriteLineAsync($"{file}: {e.Message}");
            return 1;
        }
    }
}
