using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Evercard.Authority.Issuing;

/// <summary>What must be right about an order before a certificate can be written down at all.</summary>
internal static class OrderCheck
{
    private const int LongestOrderId = 100;

    /// <summary>ub-common-name and the like (RFC 5280, A.1).</summary>
    private const int LongestName = 64;

    public static IReadOnlyList<string> Findings(CertificateOrder order, DateTimeOffset now)
    {
        var findings = new List<string>();
        if (order.OrderId.Length is 0 or > LongestOrderId)
            findings.Add($"order: its id must have 1 to {LongestOrderId} characters.");
        if (order.CommonName.Length is 0 or > LongestName)
            findings.Add($"order: the common name must have 1 to {LongestName} characters.");
        if (order.SubjectSerialNumber.Length != 12 || !order.SubjectSerialNumber.All(char.IsAsciiDigit))
            findings.Add("order: the subject's serial number must be 12 digits.");
        if (order.NotAfter <= now)
            findings.Add("order: notAfter has passed.");
        return findings;
    }

    /// <summary>The order with notAfter cut to whole seconds: a certificate knows no fractions.</summary>
    public static CertificateOrder WholeSeconds(CertificateOrder order) =>
        order with { NotAfter = DateTimeOffset.FromUnixTimeSeconds(order.NotAfter.ToUnixTimeSeconds()) };

    /// <summary>SHA-256 over all that is ordered, each text preceded by its length.</summary>
    public static byte[] Digest(CertificateOrder order)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(Encoding.UTF8.GetBytes(order.Profile));
        Append(Encoding.UTF8.GetBytes(order.CommonName));
        Append(Encoding.UTF8.GetBytes(order.SubjectSerialNumber));
        Append(order.CardUuid.ToByteArray(bigEndian: true));
        Append(order.PublicKey.Span);
        Append(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{order.NotAfter.ToUnixTimeSeconds()}")));
        return hash.GetHashAndReset();

        void Append(ReadOnlySpan<byte> field)
        {
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
            hash.AppendData(length);
            hash.AppendData(field);
        }
    }
}
