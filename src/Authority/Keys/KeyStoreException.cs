namespace Evercard.Authority.Keys;

/// <summary>The key store cannot be opened: pass phrase, damaged or missing file. The text names the file, never its content.</summary>
public sealed class KeyStoreException(string message, Exception? inner = null) : Exception(message, inner);
