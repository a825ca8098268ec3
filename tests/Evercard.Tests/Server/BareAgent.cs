using System.Net.WebSockets;
using System.Security.Cryptography;
using Evercard.Protocol;

namespace Evercard.Tests.Server;

/// <summary>The agent's end of a link, in a test's hand.</summary>
internal sealed class BareAgent : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Uri server;
    private readonly MessageSocket messages;

    private BareAgent(Uri server, ClientWebSocket socket, ECDsa key)
    {
        (this.server, Socket, Key) = (server, socket, key);
        messages = new MessageSocket(socket);
    }

    public ClientWebSocket Socket { get; }

    public ECDsa Key { get; }

    public string Id => HelloStatement.AgentIdOf(Key.ExportSubjectPublicKeyInfo());

    public static async Task<BareAgent> Dial(Uri server, ECDsa? key = null)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(new Uri(server, "agent")) { Scheme = "ws" }.Uri, CancellationToken.None);
        return new BareAgent(server, socket, key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256));
    }

    /// <summary>Dials and is welcomed.</summary>
    /// <param name="server">Its address.</param>
    /// <param name="key">Device key; null: a new one.</param>
    /// <param name="pagesPort">Where it says that its own pages are.</param>
    public static async Task<BareAgent> Join(Uri server, ECDsa? key = null, int pagesPort = 0)
    {
        var agent = await Dial(server, key);
        await agent.Send(agent.HelloTo(await agent.Receive<Challenge>()) with { PagesPort = pagesPort });
        await agent.Receive<Welcome>();
        return agent;
    }

    public Hello HelloTo(Challenge challenge)
    {
        var publicKey = Key.ExportSubjectPublicKeyInfo();
        var statement = new HelloStatement(challenge.Nonce, HelloStatement.OriginOf(server), HelloStatement.AgentIdOf(publicKey));
        return new Hello(1, "0.1.0", publicKey, "WARD4-PC2", challenge.ServerTime, Key.SignData(statement.Encode(), HashAlgorithmName.SHA256));
    }

    public Task Send(Message message) => messages.Send(message, CancellationToken.None);

    public Task SendBytes(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text) =>
        Socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None);

    public async Task<T> Receive<T>()
        where T : Message => (await ReceiveAny()).ShouldBeOfType<T>();

    public async Task<Message> ReceiveAny() => (await messages.Receive(CancellationToken.None).WaitAsync(Patience)).ShouldBeOfType<Received.One>().Message;

    /// <summary>Reads to the end of the link.</summary>
    /// <returns>Null where the server broke it without a word.</returns>
    public async Task<WebSocketCloseStatus?> Closed()
    {
        while (await messages.Receive(CancellationToken.None).WaitAsync(Patience) is Received.One)
        {
            // What came before does not matter.
        }

        await messages.Close(WebSocketCloseStatus.NormalClosure, "goodbye", Patience);
        return Socket.CloseStatus;
    }

    public void Dispose()
    {
        messages.Dispose();
        Key.Dispose();
    }
}
