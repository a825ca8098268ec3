namespace Evercard.Cards.Piv;

/// <summary>A data object of the PIV card application by its BER-TLV tag (SP 800-73-5 part 1, table 3).</summary>
/// <param name="Tag">1 to 3 tag bytes, big endian, e.g. 0x5FC105.</param>
public readonly record struct DataObject(int Tag)
{
    public static readonly DataObject Discovery = new(0x7E);
    public static readonly DataObject CardCapabilityContainer = new(0x5FC107);
    public static readonly DataObject Chuid = new(0x5FC102);
    public static readonly DataObject AuthenticationCertificate = new(0x5FC105);
    public static readonly DataObject SecurityObject = new(0x5FC106);
    public static readonly DataObject PrintedInformation = new(0x5FC109);
    public static readonly DataObject SignatureCertificate = new(0x5FC10A);
    public static readonly DataObject KeyManagementCertificate = new(0x5FC10B);
    public static readonly DataObject KeyHistory = new(0x5FC10C);
    public static readonly DataObject CardAuthenticationCertificate = new(0x5FC101);

    /// <summary>The object that holds the certificate of a key.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The key has no certificate (9B).</exception>
    public static DataObject CertificateOf(KeyReference key) => key switch
    {
        KeyReference.Authentication => AuthenticationCertificate,
        KeyReference.Signature => SignatureCertificate,
        KeyReference.KeyManagement => KeyManagementCertificate,
        KeyReference.CardAuthentication => CardAuthenticationCertificate,
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "This key has no certificate."),
    };

    /// <summary>The tag's bytes, as they stand in the tag list 5C.</summary>
    public byte[] TagBytes() => Tag switch
    {
        <= 0xFF => [(byte)Tag],
        <= 0xFFFF => [(byte)(Tag >> 8), (byte)Tag],
        _ => [(byte)(Tag >> 16), (byte)(Tag >> 8), (byte)Tag],
    };

    public override string ToString() => Tag.ToString("X", System.Globalization.CultureInfo.InvariantCulture);
}
