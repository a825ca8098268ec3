using System.IO.Compression;
using System.Security.Cryptography;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv.Objects;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Cards.Piv.Objects;

public sealed class CertificateObjectTests
{
    [Fact]
    public void A_certificate_is_written_unpacked() =>
        Hex.Of(CertificateObject.Encode([0x30, 0x01, 0xAA])).ShouldBe("70 03 30 01 AA 71 01 00 FE 00");

    [Theory]
    [InlineData("70 03 30 01 AA 71 01 00 FE 00")]
    [InlineData("70 03 30 01 AA 71 01 00 72 00 FE 00")]
    [InlineData("70 82 00 03 30 01 AA 71 01 00 FE 00 00 00")]
    [InlineData("70 03 30 01 AA")]
    public void Real_cards_write_it_in_several_ways(string hex)
    {
        CertificateObject.TryDecode(Hex.Bytes(hex), out var certificate).ShouldBeTrue();
        Hex.Of(certificate).ShouldBe("30 01 AA");
    }

    [Theory]
    [InlineData("")]
    [InlineData("70 00 71 01 00 FE 00")]
    [InlineData("71 01 00 FE 00")]
    [InlineData("70 03 30 01 AA 71 01 01 FE 00")]
    public void Without_a_certificate_there_is_none(string hex) => CertificateObject.TryDecode(Hex.Bytes(hex), out _).ShouldBeFalse();

    [Fact]
    public void Every_certificate_survives_the_card_packed_or_not()
    {
        var certificates = Gen.Choose(1, 3_000).SelectMany(SomeBytes.Of).ToArbitrary();
        Prop.ForAll(certificates, certificate =>
            CertificateObject.TryDecode(CertificateObject.Encode(certificate), out var plain) && plain.AsSpan().SequenceEqual(certificate)
            && CertificateObject.TryDecode(CertificateObject.EncodeCompressed(certificate), out var packed) && packed.AsSpan().SequenceEqual(certificate))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_bound_itself_is_still_a_certificate()
    {
        CertificateObject.TryDecode(CertificateObject.EncodeCompressed(new byte[CertificateObject.MaxCertificateBytes]), out var most).ShouldBeTrue();
        most.Length.ShouldBe(CertificateObject.MaxCertificateBytes);
        CertificateObject.TryDecode(CertificateObject.EncodeCompressed(new byte[CertificateObject.MaxCertificateBytes + 1]), out _).ShouldBeFalse();
    }

    [Fact]
    public void A_gzip_bomb_does_no_harm()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var megabyte = 0; megabyte < 3; megabyte++)
            {
                gzip.Write(new byte[1 << 20]);
            }
        }

        byte[] contents = [.. BerTlv.Encode(0x70, bomb.ToArray()), .. BerTlv.Encode(0x71, [0x01])];
        var before = GC.GetAllocatedBytesForCurrentThread();
        CertificateObject.TryDecode(contents, out _).ShouldBeFalse();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void A_packed_certificate_that_was_cut_off_is_never_the_whole_one()
    {
        var certificate = RandomNumberGenerator.GetBytes(800);
        var whole = CertificateObject.EncodeCompressed(certificate);
        BerTlv.TryReadAll(whole, TlvReading.Strict, out var fields).ShouldBeTrue();
        var packed = BerTlv.Find(fields, 0x70)!.Value;
        byte[] cut = [.. BerTlv.Encode(0x70, packed.Span[..400]), .. BerTlv.Encode(0x71, [0x01])];
        (CertificateObject.TryDecode(cut, out var found) && found.AsSpan().SequenceEqual(certificate)).ShouldBeFalse();
    }
}
