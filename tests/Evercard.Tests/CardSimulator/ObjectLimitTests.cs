using System.Security.Cryptography;
using Evercard.Cards.Drivers;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.CardSimulator;

namespace Evercard.Tests.CardSimulator;

/// <summary>A driver's limit is that of the object, not of the certificate in it: 9 bytes of tags and lengths come with it.</summary>
public sealed class ObjectLimitTests
{
    private const int AroundACertificate = 9;

    [Theory]
    [InlineData("standard-piv", CardModel.SmallObjects, 1_896)]
    [InlineData("yubico-compatible", CardModel.LargeObjects, 3_043)]
    public void The_largest_certificate_that_the_driver_allows_fits_exactly(string name, int objectBytes, int certificateBytes)
    {
        var driver = CardDriver.ByName(name).ShouldNotBeNull();
        driver.MaxObjectBytes.ShouldBe(objectBytes, "driver and simulated card agree");
        var card = TestCard.Administered(new CardModel { MaxObjectSize = objectBytes });
        var largest = CertificateObject.Encode(RandomNumberGenerator.GetBytes(certificateBytes));
        largest.Length.ShouldBe(driver.MaxObjectBytes);
        largest.Length.ShouldBe(certificateBytes + AroundACertificate);

        card.Run(PivCommands.PutData(DataObject.SignatureCertificate, largest)).Status.ShouldBe(StatusWord.Success);
        var read = card.Run(PivCommands.GetData(DataObject.SignatureCertificate));
        DataObjectAnswer.TryRead(read, DataObject.SignatureCertificate, out var contents).ShouldBeTrue();
        contents.ToArray().ShouldBe(largest);

        var larger = CertificateObject.Encode(new byte[certificateBytes + 1]);
        card.Run(PivCommands.PutData(DataObject.SignatureCertificate, larger)).Status.ShouldBe(StatusWord.NotEnoughMemory);
    }

    [Fact]
    public void A_certificate_as_large_as_the_object_does_not_fit_in_it() =>
        TestCard.Administered(new CardModel { MaxObjectSize = CardModel.LargeObjects })
            .Run(PivCommands.PutData(DataObject.SignatureCertificate, CertificateObject.Encode(new byte[CardModel.LargeObjects]))).Status
            .ShouldBe(StatusWord.NotEnoughMemory);
}
