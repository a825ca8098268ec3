namespace Evercard.Look;

/// <summary>What the browser may do with our pages. Everything comes from the program itself, nothing runs inline, nobody frames them.</summary>
public sealed record LookPolicy
{
    /// <summary>Where forms may lead besides the program itself, also by redirect. Such as http://127.0.0.1:*.</summary>
    public IReadOnlyList<string> FormTargets { get; init; } = [];

    /// <summary>Other sites' windows keep no hold of ours (Cross-Origin-Opener-Policy).</summary>
    public bool IsolatesOpener { get; init; } = true;

    internal string ContentSecurityPolicy => string.Join("; ",
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        string.Join(' ', ["form-action 'self'", .. FormTargets]),
        "frame-ancestors 'none'",
        "base-uri 'none'");

    internal const string PermissionsPolicy =
        "accelerometer=(), bluetooth=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), "
        + "midi=(), payment=(), serial=(), usb=()";
}
