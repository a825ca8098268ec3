using Evercard.Registry.People;

namespace Evercard.Server.AtDesk;

/// <summary>Whom an operator rings: the service desk and, where others manage the computers, those.</summary>
internal static class Desks
{
    /// <param name="holders">The cardholder's organisation.</param>
    /// <param name="operators">The operator's: its computer it is.</param>
    public static IReadOnlyList<string> Of(Organisation holders, Organisation operators) =>
    [
        .. new[] { operators.ServiceDesk, operators.ComputerSupport.Length > 0 ? operators.ComputerSupport : holders.ComputerSupport }
            .SelectMany(desk => desk.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal),
    ];
}
