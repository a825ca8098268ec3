using System.Net;

namespace Evercard.Protocol;

/// <summary>Which addresses agents may be pinned to.</summary>
public static class ServerAddress
{
    /// <summary>https and wss anywhere; plain http and ws on this computer alone.</summary>
    /// <returns>Null where all is well; otherwise words that follow "the address cannot be used:".</returns>
    public static string? FindFault(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "wss" or "http" or "ws"))
        {
            return "it is no https address";
        }

        return uri.Scheme is "https" or "wss" || IsThisComputer(uri)
            ? null
            : "plain http is good on this computer alone (localhost); across a network it must be https";
    }

    private static bool IsThisComputer(Uri uri) =>
        uri.IdnHost == "localhost" || (IPAddress.TryParse(uri.IdnHost, out var ip) && IPAddress.IsLoopback(ip));
}
