using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Evercard.Tests.Server.Notifications;

/// <summary>A mail server for one test: takes what it is given, or refuses every recipient.</summary>
internal sealed partial class SmtpSink : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    public SmtpSink()
    {
        listener.Start();
        serving = Serve();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Answers every RCPT with "user unknown" and the address, as mail servers do.</summary>
    public bool RefusesRecipients { get; set; }

    public List<string> Recipients { get; } = [];

    /// <summary>Each mail as it came, heads and body.</summary>
    public List<string> Mails { get; } = [];

    /// <summary>The body of a mail, with quoted-printable undone (RFC 2045, 6.7).</summary>
    public static string BodyOf(string mail)
    {
        var quoted = mail[(mail.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].Replace("=\n", "", StringComparison.Ordinal);
        return Quoted().Replace(quoted, one => $"{(char)Convert.ToByte(one.Groups[1].Value, 16)}");
    }

    public void Dispose() => listener.Dispose();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await Talk(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }

    private async Task Talk(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink.example");
        while (await reader.ReadLineAsync() is { } line)
        {
            var answer = "250 fine";
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "RCPT" when RefusesRecipients:
                    answer = $"550 5.1.1 {line[8..]} user unknown";
                    break;
                case "RCPT":
                    Recipients.Add(line[8..].Trim('<', '>'));
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    var mail = new StringBuilder();
                    while (await reader.ReadLineAsync() is { } part && part != ".")
                    {
                        mail.Append(part.StartsWith('.') ? part[1..] : part).Append('\n');
                    }

                    Mails.Add(mail.ToString());
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 good bye");
                    return;
            }

            await writer.WriteLineAsync(answer);
        }
    }

    [GeneratedRegex("=([0-9A-F]{2})")]
    private static partial Regex Quoted();
}
