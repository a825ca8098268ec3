using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;

namespace Evercard.Tests.CardSimulator;

/// <summary>Who may do what, and when (SP 800-73-5 part 1, tables 2 and 3).</summary>
public sealed class AccessRuleTests
{
    private const string Generate9A = "0047009A05AC0380011100";

    [Theory]
    [InlineData("00CB3FFF055C035FC10200", "6A82")]
    [InlineData("00DB3FFF095C035FC1025302AABB", "6982")]
    [InlineData(TestCard.VerifyFactory, "6982")]
    [InlineData(TestCard.AskTries, "6982")]
    [InlineData("0087039B047C02800000", "6982")]
    [InlineData(Generate9A, "6982")]
    [InlineData("00FD000000", "6D00")]
    [InlineData("00A2000000", "6D00")]
    public void Before_SELECT_nothing_is_allowed(string command, string status) => new TestCard().Status(command).ShouldBe(status);

    [Theory]
    [InlineData("00A404000BA000000308000010000100", "9000")]
    [InlineData("00A4040009A00000030800001000", "9000")]
    [InlineData("00A4040005A000000308", "9000")]
    [InlineData("00A4040004A0000003", "6A82")]
    [InlineData("00A404000BA000000308000010000200", "6A82")]
    [InlineData("00A4040007A0000005272001", "6A82")]
    [InlineData("00A4000009A00000030800001000", "6A86")]
    public void The_application_is_selected_by_its_identifier_or_its_beginning(string command, string status) =>
        new TestCard().Status(command).ShouldBe(status);

    [Fact]
    public void SELECT_answers_the_property_template() =>
        new TestCard(new CardModel { Name = "PIV" }).Send(TestCard.SelectPiv)
            .ShouldBe("612A4F0600001000010079074F05A0000003085003504956AC128001038001118001148001078001050601009000");

    [Fact]
    public void SELECT_clears_the_proofs_of_passcode_and_administration_key()
    {
        var card = TestCard.Administered();
        card.Status(TestCard.VerifyFactory).ShouldBe("9000");
        card.Send(TestCard.SelectPiv);
        card.Status(TestCard.AskTries).ShouldBe("63C3");
        card.Status(Generate9A).ShouldBe("6982");
    }

    [Fact]
    public void A_card_may_keep_its_proofs_when_it_is_selected_again_but_not_when_it_is_reset()
    {
        var card = TestCard.Administered(new CardModel { Quirks = new CardQuirks { SelectKeepsSecurityStatus = true } });
        card.Status(TestCard.VerifyFactory).ShouldBe("9000");
        card.Send(TestCard.SelectPiv);
        card.Status(TestCard.AskTries).ShouldBe("9000");
        card.Status(Generate9A).ShouldBe("9000");
        card.Card.PowerOn();
        card.Send(TestCard.SelectPiv);
        card.Status(TestCard.AskTries).ShouldBe("63C3");
        card.Status(Generate9A).ShouldBe("6982");
    }

    [Fact]
    public void Another_application_is_not_found_and_this_one_stays()
    {
        var card = TestCard.Selected();
        card.Send(TestCard.VerifyFactory);
        card.Status("00A4040007A0000005272001").ShouldBe("6A82");
        card.Status(TestCard.AskTries).ShouldBe("9000");
    }

    [Fact]
    public void A_reset_clears_everything()
    {
        var card = TestCard.Administered();
        card.Card.PowerOn();
        card.Status(TestCard.AskTries).ShouldBe("6982");
        card.Send(TestCard.SelectPiv);
        card.Status(Generate9A).ShouldBe("6982");
    }

    [Theory]
    [InlineData("5FC109")]
    [InlineData("5FC108")]
    [InlineData("5FC103")]
    [InlineData("5FC121")]
    public void Personal_objects_are_read_after_the_passcode_only(string tag)
    {
        var card = TestCard.Administered();
        card.Status($"00DB3FFF095C03{tag}5302AABB").ShouldBe("9000");
        card.Status($"00CB3FFF055C03{tag}00").ShouldBe("6982");
        card.Send(TestCard.VerifyFactory);
        card.Send($"00CB3FFF055C03{tag}00").ShouldBe("5302AABB9000");
    }

    [Theory]
    [InlineData("5FC102")]
    [InlineData("5FC105")]
    [InlineData("5FC10A")]
    [InlineData("5FC101")]
    [InlineData("5FC107")]
    [InlineData("5FC10C")]
    [InlineData("5FC106")]
    public void Public_objects_are_read_freely(string tag)
    {
        var card = TestCard.Administered();
        card.Status($"00DB3FFF095C03{tag}5302AABB").ShouldBe("9000");
        card.Send(TestCard.SelectPiv);
        card.Send($"00CB3FFF055C03{tag}00").ShouldBe("5302AABB9000");
    }

    [Theory]
    [InlineData("00DB3FFF095C035FC1025302AABB")]
    [InlineData(Generate9A)]
    public void Writing_and_generating_need_the_administration_key(string command)
    {
        var card = TestCard.Selected();
        card.Send(TestCard.VerifyFactory);
        card.Status(command).ShouldBe("6982");
        card.ProveAdministration();
        card.Status(command).ShouldBe("9000");
    }

    [Theory]
    [InlineData(KeyReference.Authentication)]
    [InlineData(KeyReference.KeyManagement)]
    public void These_keys_are_used_any_number_of_times_after_one_VERIFY(KeyReference key)
    {
        var card = TestCard.Administered();
        card.Generate(key, PivAlgorithm.Rsa2048);
        var use = PivCommands.Sign(key, PivAlgorithm.Rsa2048, new byte[256]);
        card.Run(use).Status.ShouldBe(StatusWord.SecurityStatusNotSatisfied);
        card.Send(TestCard.VerifyFactory);
        card.Run(use).Status.ShouldBe(StatusWord.Success);
        card.Status(TestCard.AskTries).ShouldBe("9000");
        card.Run(use).Status.ShouldBe(StatusWord.Success);
    }

    [Fact]
    public void The_card_authentication_key_needs_no_passcode()
    {
        var card = TestCard.Administered();
        card.Generate(KeyReference.CardAuthentication, PivAlgorithm.P256);
        card.Run(PivCommands.Sign(KeyReference.CardAuthentication, PivAlgorithm.P256, new byte[32])).Status.ShouldBe(StatusWord.Success);
    }

    [Fact]
    public void The_signature_key_wants_VERIFY_before_each_use()
    {
        var card = TestCard.Administered();
        card.Generate(KeyReference.Signature, PivAlgorithm.P256);
        var sign = PivCommands.Sign(KeyReference.Signature, PivAlgorithm.P256, new byte[32]);
        card.Send(TestCard.VerifyFactory);
        card.Run(sign).Status.ShouldBe(StatusWord.Success);
        card.Run(sign).Status.ShouldBe(StatusWord.SecurityStatusNotSatisfied);
    }

    [Theory]
    [InlineData(TestCard.AskTries)]
    [InlineData("00CB3FFF035C017E00")]
    [InlineData("00C0000000")]
    [InlineData("00A2000000")]
    [InlineData("80CB3FFF035C017E00")]
    [InlineData("0087039B047C02800000")]
    public void Anything_between_VERIFY_and_the_signature_key_spoils_it(string between)
    {
        var card = TestCard.Administered();
        card.Generate(KeyReference.Signature, PivAlgorithm.P256);
        card.Send(TestCard.VerifyFactory);
        card.Send(between);
        card.Run(PivCommands.Sign(KeyReference.Signature, PivAlgorithm.P256, new byte[32])).Status
            .ShouldBe(StatusWord.SecurityStatusNotSatisfied);
    }

    [Fact]
    public void A_chained_use_of_the_signature_key_counts_as_one_command()
    {
        var card = TestCard.Administered();
        card.Generate(KeyReference.Signature, PivAlgorithm.Rsa2048);
        card.Send(TestCard.VerifyFactory);
        card.Run(PivCommands.Sign(KeyReference.Signature, PivAlgorithm.Rsa2048, new byte[256])).Status.ShouldBe(StatusWord.Success);
    }
}
