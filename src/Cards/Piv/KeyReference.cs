namespace Evercard.Cards.Piv;

/// <summary>Key references of the PIV card application (SP 800-73-5 part 1, table 6; SP 800-78-5, table 6-1).</summary>
public enum KeyReference : byte
{
    /// <summary>PIV authentication key: log-in. PIN required once a session.</summary>
    Authentication = 0x9A,

    /// <summary>Card application administration key, symmetric.</summary>
    Administration = 0x9B,

    /// <summary>Digital signature key. PIN Always: VERIFY directly before each use.</summary>
    Signature = 0x9C,

    /// <summary>Key management key.</summary>
    KeyManagement = 0x9D,

    /// <summary>Card authentication key: no PIN.</summary>
    CardAuthentication = 0x9E,
}

/// <summary>Reference data (SP 800-73-5 part 1, table 6).</summary>
public enum ReferenceData : byte
{
    GlobalPin = 0x00,

    /// <summary>PIV card application PIN: the passcode.</summary>
    Passcode = 0x80,

    /// <summary>PIN unblocking key (PUK).</summary>
    Puk = 0x81,
}

/// <summary>Algorithm identifiers (SP 800-78-5, table 6-2).</summary>
public enum PivAlgorithm : byte
{
    /// <summary>Also "default" where a command allows 00.</summary>
    TripleDes = 0x03,
    Rsa3072 = 0x05,
    Rsa2048 = 0x07,
    Aes128 = 0x08,
    Aes192 = 0x0A,
    Aes256 = 0x0C,
    P256 = 0x11,
    P384 = 0x14,
}
