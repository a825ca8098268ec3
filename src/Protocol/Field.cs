namespace Evercard.Protocol;

/// <summary>Rules for the values of a message. Each returns null or a fault that names the field and quotes no value.</summary>
internal static class Field
{
    public const int IdLength = 64;
    public const int NameLength = 200;
    public const int TextLength = 2_000;
    public const int NonceBytes = 32;
    public const int MostItems = 64;

    /// <summary>Letters, digits, '-', '_', '.' and ':', 1 to 64 of them.</summary>
    public static string? Id(string value, string name) =>
        value.Length is > 0 and <= IdLength && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':')
            ? null
            : $"{name} is no identifier";

    public static string? OptionalId(string? value, string name) => value is null ? null : Id(value, name);

    /// <summary>1 to <paramref name="atMost"/> characters, none of them a control character (they end in logs and pages).</summary>
    public static string? Text(string value, string name, int atMost = NameLength) =>
        value.Length > 0 && value.Length <= atMost && !value.Any(char.IsControl) ? null : $"{name} is empty, too long or not plain text";

    public static string? OptionalText(string? value, string name, int atMost = NameLength) =>
        value is null ? null : Text(value, name, atMost);

    /// <summary>A path and query on the same server: one slash, then printable ASCII without a backslash; at most 500 characters.</summary>
    public static string? LocalPath(string value, string name) =>
        value.Length is > 0 and <= 500 && value[0] == '/' && !(value.Length > 1 && value[1] is '/') && value.All(c => c is > ' ' and < (char)0x7F and not '\\')
            ? null
            : $"{name} is no path of the server's own";

    public static string? Bytes(ReadOnlyMemory<byte> value, string name, int exactly) =>
        value.Length == exactly ? null : $"{name} is not {exactly} bytes long";

    public static string? Bytes(ReadOnlyMemory<byte> value, string name, int atLeast, int atMost) =>
        value.Length >= atLeast && value.Length <= atMost ? null : $"{name} is not {atLeast} to {atMost} bytes long";

    public static string? NotNegative(long value, string name) => value >= 0 ? null : $"{name} is negative";

    public static string? Range(int value, string name, int least, int most) =>
        value >= least && value <= most ? null : $"{name} is not {least} to {most}";

    public static string? Count<T>(IReadOnlyList<T> items, string name, int atLeast, int atMost = MostItems) =>
        items.Count < atLeast || items.Count > atMost ? $"{name} has not {atLeast} to {atMost} items"
        : items.Any(item => item is null) ? $"{name} has an empty item"
        : null;
}
