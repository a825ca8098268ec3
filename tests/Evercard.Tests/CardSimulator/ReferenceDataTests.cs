using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;

namespace Evercard.Tests.CardSimulator;

/// <summary>Passcode and PUK: VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER.</summary>
public sealed class ReferenceDataTests
{
    private const string Factory = "313233343536FFFF";
    private const string Other = "373339313534FFFF";
    private const string Wrong = "393939393939FFFF";
    private const string Puk = "3132333435363738";
    private const string WrongPuk = "3939393939393939";

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public void The_last_wrong_passcode_answers_63C0_then_6983(int tries)
    {
        var card = TestCard.Selected(new CardModel { PasscodeTries = tries });
        for (var left = tries - 1; left >= 0; left--)
        {
            card.Status(TestCard.VerifyWrong).ShouldBe($"63C{left}");
        }

        card.Status(TestCard.VerifyWrong).ShouldBe("6983");
        card.Status(TestCard.VerifyFactory).ShouldBe("6983");
        card.Status(TestCard.AskTries).ShouldBe("6983");
    }

    [Fact]
    public void A_family_may_answer_the_last_wrong_passcode_with_6983_at_once()
    {
        var card = TestCard.Selected(new CardModel { Quirks = new CardQuirks { LastTryAnswersBlocked = true } });
        card.Status(TestCard.VerifyWrong).ShouldBe("63C2");
        card.Status(TestCard.VerifyWrong).ShouldBe("63C1");
        card.Status(TestCard.VerifyWrong).ShouldBe("6983");
    }

    [Fact]
    public void A_card_may_have_rules_of_its_own_for_a_new_passcode_and_looks_at_nothing_else_first()
    {
        const string FactoryPuk = "3132333435363738";
        const string SevenThrice = "373337313732FFFF";
        var card = TestCard.Selected(new CardModel { Quirks = new CardQuirks { NoDigitThrice = true } });
        card.Status($"002C008010 {FactoryPuk} {SevenThrice}").ShouldBe("6A80");
        card.Status($"0024008010 313233343536FFFF {SevenThrice}").ShouldBe("6A80");
        card.Status(TestCard.VerifyFactory).ShouldBe("9000");
        card.Card.Image.Puk.TriesLeft.ShouldBe(3);
        TestCard.Selected().Status($"002C008010 {FactoryPuk} {SevenThrice}").ShouldBe("9000");
    }

    [Fact]
    public void The_right_passcode_restores_the_tries()
    {
        var card = TestCard.Selected();
        card.Send(TestCard.VerifyWrong);
        card.Status(TestCard.AskTries).ShouldBe("63C2");
        card.Status(TestCard.VerifyFactory).ShouldBe("9000");
        card.Status(TestCard.AskTries).ShouldBe("9000");
        card.Send(TestCard.SelectPiv);
        card.Status(TestCard.AskTries).ShouldBe("63C3");
    }

    [Fact]
    public void A_wrong_passcode_withdraws_the_earlier_proof()
    {
        var card = TestCard.Selected();
        card.Send(TestCard.VerifyFactory);
        card.Send(TestCard.VerifyWrong);
        card.Status(TestCard.AskTries).ShouldBe("63C2");
    }

    [Theory]
    [InlineData("0020008006313233343536")]
    [InlineData("00200080083132333435FFFFFF")]
    [InlineData("00200080084142434445464748")]
    [InlineData("0020008008313233FF3435363738")]
    [InlineData("0020008008313233343536FF38")]
    public void A_passcode_of_the_wrong_form_costs_no_try(string command)
    {
        var card = TestCard.Selected();
        card.Status(command).ShouldBe("6A80");
        card.Status(TestCard.AskTries).ShouldBe("63C3");
    }

    [Theory]
    [InlineData("0020000008" + Factory, "6A88")]
    [InlineData("0020010008" + Factory, "6A86")]
    [InlineData("0020008108" + Puk, "6A88")]
    [InlineData("0024009B10" + Factory + Factory, "6A88")]
    [InlineData("002C008110" + Puk + Factory, "6A88")]
    [InlineData("002C018010" + Puk + Factory, "6A86")]
    public void Other_references_are_unknown(string command, string status) => TestCard.Selected().Status(command).ShouldBe(status);

    [Fact]
    public void VERIFY_with_FF_logs_out()
    {
        var card = TestCard.Selected();
        card.Send(TestCard.VerifyFactory);
        card.Status("0020FF80").ShouldBe("9000");
        card.Status(TestCard.AskTries).ShouldBe("63C3");
    }

    [Fact]
    public void The_passcode_is_changed_by_the_present_one()
    {
        var card = TestCard.Selected();
        card.Status("0024008010" + Wrong + Other).ShouldBe("63C2");
        card.Status("0024008010" + Factory + "3132FFFFFFFFFFFF").ShouldBe("6A80");
        card.Status("0024008010" + Factory + Other).ShouldBe("9000");
        card.Status(TestCard.VerifyFactory).ShouldBe("63C2");
        card.Status("0020008008" + Other).ShouldBe("9000");
    }

    [Fact]
    public void A_changed_passcode_counts_as_verified_and_a_wrong_one_voids_the_proof()
    {
        var card = TestCard.Selected();
        card.Status("0024008010" + Factory + Other).ShouldBe("9000");
        card.Status(TestCard.AskTries).ShouldBe("9000");
        card.Status("0024008010" + Wrong + Factory).ShouldBe("63C2");
        card.Status(TestCard.AskTries).ShouldBe("63C2");
    }

    [Fact]
    public void A_changed_passcode_does_not_stand_for_the_VERIFY_before_9C()
    {
        var card = TestCard.Administered();
        card.Generate(KeyReference.Signature, PivAlgorithm.P256);
        card.Status("0024008010" + Factory + Other).ShouldBe("9000");
        card.Run(PivCommands.Sign(KeyReference.Signature, PivAlgorithm.P256, new byte[32])).Status.ShouldBe(StatusWord.SecurityStatusNotSatisfied);
    }

    [Fact]
    public void Changing_the_PUK_leaves_the_proof_of_the_passcode_as_it_was()
    {
        var card = TestCard.Selected();
        card.Send(TestCard.VerifyFactory);
        card.Status("0024008110" + WrongPuk + Puk).ShouldBe("63C2");
        card.Status("0024008110" + Puk + WrongPuk).ShouldBe("9000");
        card.Status(TestCard.AskTries).ShouldBe("9000");
    }

    [Fact]
    public void A_wrong_PUK_voids_the_proof_of_the_passcode_and_the_right_one_leaves_it()
    {
        var card = TestCard.Selected();
        card.Send(TestCard.VerifyFactory);
        card.Status("002C008010" + Puk + Other).ShouldBe("9000");
        card.Status(TestCard.AskTries).ShouldBe("9000");
        card.Status("002C008010" + WrongPuk + Factory).ShouldBe("63C2");
        card.Status(TestCard.AskTries).ShouldBe("63C3");
    }

    [Fact]
    public void The_PUK_is_changed_by_the_present_one_and_may_be_any_bytes()
    {
        var card = TestCard.Selected();
        card.Status("0024008110" + Puk + "0011223344556677").ShouldBe("9000");
        card.Status("002C008010" + Puk + Other).ShouldBe("63C2");
        card.Status("002C008010" + "0011223344556677" + Other).ShouldBe("9000");
    }

    [Fact]
    public void The_PUK_unlocks_a_locked_card_but_does_not_verify_the_new_passcode()
    {
        var card = TestCard.Selected();
        for (var i = 0; i < 3; i++)
        {
            card.Send(TestCard.VerifyWrong);
        }

        card.Status("002C008010" + Puk + Other).ShouldBe("9000");
        card.Status(TestCard.AskTries).ShouldBe("63C3");
        card.Status("0020008008" + Other).ShouldBe("9000");
    }

    [Fact]
    public void A_new_passcode_of_the_wrong_form_costs_no_try_of_the_PUK()
    {
        var card = TestCard.Selected();
        card.Status("002C008010" + WrongPuk + "3132FFFFFFFFFFFF").ShouldBe("6A80");
        card.Card.Image.Puk.TriesLeft.ShouldBe(3);
    }

    [Fact]
    public void A_blocked_PUK_stays_blocked()
    {
        var card = TestCard.Selected(new CardModel { PukTries = 4 });
        foreach (var left in "3210")
        {
            card.Status("002C008010" + WrongPuk + Other).ShouldBe($"63C{left}");
        }

        card.Status("002C008010" + Puk + Other).ShouldBe("6983");
        card.Status("0024008110" + Puk + Puk).ShouldBe("6983");
        card.Status(TestCard.VerifyFactory).ShouldBe("9000");
    }
}
