using System.Runtime.InteropServices;

namespace Evercard.Cards.Pcsc;

/// <summary>
/// One context of the smartcard service. Every call and every connection has its own: contexts do not wait for one
/// another, and a service that was restarted is simply found again.
/// </summary>
internal sealed class PcscContext : IDisposable
{
    private nint handle;

    private PcscContext(IPcscLibrary library, nint handle)
    {
        Library = library;
        this.handle = handle;
    }

    public IPcscLibrary Library { get; }

    public nint Handle => handle;

    /// <exception cref="CardConnectionException">ServiceStopped: the service does not run, or its library is missing.</exception>
    public static PcscContext Establish(IPcscLibrary library)
    {
        try
        {
            var code = library.EstablishContext(out var handle);
            return code == PcscCode.Success ? new PcscContext(library, handle) : throw PcscFailure.Of(code);
        }
        catch (DllNotFoundException e)
        {
            throw new CardConnectionException(CardConnectionFailure.ServiceStopped, "This computer has no smartcard service.", e);
        }
    }

    /// <summary>The library of this platform, or null where there is none.</summary>
    public static IPcscLibrary? PlatformLibrary()
    {
        if (OperatingSystem.IsWindows())
        {
            return new WinSCardLibrary();
        }

        // Elsewhere than on Linux pcsc-lite's numbers have other sizes.
        return OperatingSystem.IsLinux() && NativeLibrary.TryLoad(PcscLiteLibrary.File, out _) ? new PcscLiteLibrary() : null;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref handle, 0) is var open and not 0)
        {
            Library.ReleaseContext(open);
        }
    }
}
