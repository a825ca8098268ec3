namespace Evercard.Server.Join;

/// <summary>Where a browser goes after a log-in: a path of this service and nothing else, so that no link leads people away through us.</summary>
internal static class ReturnPath
{
    private const int Longest = 400;

    /// <returns>The path itself, or the dashboard's for anything that is not a path of this service.</returns>
    public static string Checked(string? path) =>
        path is { Length: > 0 and <= Longest } && path[0] == '/' && (path.Length == 1 || path[1] is not ('/' or '\\'))
        && path.All(c => c is > ' ' and < (char)0x7F and not '\\')
            ? path
            : "/";
}
