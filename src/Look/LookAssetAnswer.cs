using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Evercard.Look;

/// <summary>Sends an asset in the smallest form that the browser takes.</summary>
internal static class LookAssetAnswer
{
    public static async Task SendAsync(HttpContext context, LookAsset asset)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        var (encoding, bytes) = Choose(request, asset);
        var tag = new EntityTagHeaderValue($"\"{asset.Hash}{(encoding is null ? "" : "-" + encoding)}\"");

        // The address carries the content's hash, so what it names never changes; any other address must ask again.
        headers.CacheControl = request.Query["v"] == asset.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        headers.ETag = tag.ToString();
        headers.Vary = HeaderNames.AcceptEncoding;
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        headers.ContentType = asset.ContentType;
        headers.ContentLength = bytes.Length;
        if (encoding is not null)
        {
            headers.ContentEncoding = encoding;
        }

        if (HttpMethods.IsGet(request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    private static (string? Encoding, byte[] Bytes) Choose(HttpRequest request, LookAsset asset)
    {
        var taken = request.GetTypedHeaders().AcceptEncoding;
        bool Takes(string name) => taken.Any(one => one.Value.Equals(name, StringComparison.OrdinalIgnoreCase) && one.Quality is null or > 0);
        return Takes("br") ? ("br", asset.Brotli) : Takes("gzip") ? ("gzip", asset.Gzip) : (null, asset.Bytes);
    }
}
