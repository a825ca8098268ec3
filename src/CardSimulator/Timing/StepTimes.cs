namespace Evercard.CardSimulator.Timing;

/// <summary>
/// How long one kind of card takes for each step, in milliseconds. Key generation and signature: JCAlgTest's public
/// measurements. Bytes: at the line speed of the contact interface. The rest is calculated from these.
/// </summary>
internal sealed record StepTimes
{
    public required double PerApdu { get; init; }

    /// <summary>On the line, in either direction.</summary>
    public required double PerByte { get; init; }

    /// <summary>Into the card's memory.</summary>
    public required double PerByteWritten { get; init; }

    public required double Symmetric { get; init; }

    public required double CheckReference { get; init; }

    public required double GenerateP256 { get; init; }

    public required double SignP256 { get; init; }

    public required double SignRsa2048 { get; init; }

    public required LogNormal GenerateRsa2048 { get; init; }

    // P-384 costs about (384/256)^3 times P-256; RSA-3072 about (3072/2048)^3 times a signature, ^4 times a key.
    public const double P384Factor = 3.4;
    public const double Rsa3072SignFactor = 3.4;
    public const double Rsa3072GenerateFactor = 5;

    public static StepTimes? Of(CardSpeed speed) => speed switch
    {
        CardSpeed.Jcop4 => Jcop4,
        CardSpeed.Current => Current,
        CardSpeed.Old => Old,
        _ => null,
    };

    private static StepTimes Jcop4 { get; } = new()
    {
        PerApdu = 2,
        PerByte = 0.03,
        PerByteWritten = 0.05,
        Symmetric = 4,
        CheckReference = 8,
        GenerateP256 = 26.5,
        SignP256 = 32,
        SignRsa2048 = 61,
        GenerateRsa2048 = LogNormal.WithMean(5.0, 0.80, 0.6, 17.3),
    };

    private static StepTimes Current { get; } = new()
    {
        PerApdu = 4,
        PerByte = 0.05,
        PerByteWritten = 0.07,
        Symmetric = 6,
        CheckReference = 10,
        GenerateP256 = 40,
        SignP256 = 40,
        SignRsa2048 = 130,
        // Mean 5.5 s and 95th percentile 15.9 s give this spread.
        GenerateRsa2048 = LogNormal.WithMean(5.5, 0.88, 0.6, 60),
    };

    private static StepTimes Old { get; } = new()
    {
        PerApdu = 15,
        // 9600 baud: 12 bit times to a byte.
        PerByte = 1.25,
        PerByteWritten = 0.1,
        Symmetric = 15,
        CheckReference = 25,
        GenerateP256 = 180,
        SignP256 = 59,
        SignRsa2048 = 201,
        GenerateRsa2048 = new LogNormal(13.3, 0.80, 2.1, 69),
    };
}
