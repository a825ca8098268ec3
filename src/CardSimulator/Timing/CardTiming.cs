using Evercard.Cards.Piv;

namespace Evercard.CardSimulator.Timing;

/// <summary>How long a card takes for a command.</summary>
/// <param name="speed">Set of step times.</param>
/// <param name="uniform">Source of chance for RSA key generation; null for the system's.</param>
public sealed class CardTiming(CardSpeed speed, Func<double>? uniform = null)
{
    private readonly StepTimes? _times = StepTimes.Of(speed);
    private readonly Func<double> _uniform = uniform ?? UniformDraws.Random();

    /// <summary>Time between the last byte of the command and the last byte of its answer, the line included.</summary>
    /// <param name="work">What the card did.</param>
    /// <param name="bytesIn">Of the command APDU.</param>
    /// <param name="bytesOut">Of the response APDU.</param>
    public TimeSpan Of(IReadOnlyList<CardWork> work, int bytesIn, int bytesOut)
    {
        if (_times is not { } times)
        {
            return TimeSpan.Zero;
        }

        var total = Milliseconds(times.PerApdu + (times.PerByte * (bytesIn + bytesOut)));
        foreach (var one in work)
        {
            total += Of(times, one);
        }

        return total;
    }

    private TimeSpan Of(StepTimes times, CardWork work) => work.Kind switch
    {
        WorkKind.GenerateKey => work.Algorithm switch
        {
            PivAlgorithm.P256 => Milliseconds(times.GenerateP256),
            PivAlgorithm.P384 => Milliseconds(times.GenerateP256 * StepTimes.P384Factor),
            PivAlgorithm.Rsa2048 => times.GenerateRsa2048.Draw(_uniform),
            _ => times.GenerateRsa2048.Draw(_uniform) * StepTimes.Rsa3072GenerateFactor,
        },
        WorkKind.PrivateKeyOperation => Milliseconds(work.Algorithm switch
        {
            PivAlgorithm.P256 => times.SignP256,
            PivAlgorithm.P384 => times.SignP256 * StepTimes.P384Factor,
            PivAlgorithm.Rsa2048 => times.SignRsa2048,
            _ => times.SignRsa2048 * StepTimes.Rsa3072SignFactor,
        }),
        WorkKind.SymmetricOperation => Milliseconds(times.Symmetric),
        WorkKind.CheckReference => Milliseconds(times.CheckReference),
        WorkKind.WriteObject => Milliseconds(times.PerByteWritten * work.Bytes),
        _ => TimeSpan.Zero, // reading costs what the line costs
    };

    private static TimeSpan Milliseconds(double value) => TimeSpan.FromMilliseconds(value);
}
