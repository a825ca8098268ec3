using Evercard.Lifecycle.Contacts;
using Evercard.Registry.People;

namespace Evercard.Tests.Lifecycle;

public sealed class ContactsTests
{
    [Theory]
    [InlineData("CARD-EXPIRED", Contact.IdCheckers)]
    [InlineData("RENEW-EXPIRED", Contact.IdCheckers)]
    [InlineData("RENEWAL-TOO-LATE", Contact.IdCheckers)]
    [InlineData("REPAIR-NEEDED", Contact.IdCheckers)]
    [InlineData("LOCKED-EXPIRED", Contact.IdCheckers)]
    [InlineData("REPAIR-UNFINISHED", Contact.IdCheckers)]
    [InlineData("CARD-LOCKED", Contact.Unlockers)]
    [InlineData("CARD-CANCELLED", Contact.RegistrationAuthority)]
    [InlineData("PROFILE-CLOSED", Contact.RegistrationAuthority)]
    [InlineData("CARD-REVOKED", Contact.RegistrationAuthority)]
    [InlineData("CARD-ENDS", Contact.RegistrationAuthority)]
    [InlineData("CARD-FAULTY", Contact.RegistrationAuthority)]
    [InlineData("ISSUANCE-UNFINISHED", Contact.RegistrationAuthority)]
    [InlineData("AGENT-NOT-APPROVED", Contact.RegistrationAuthority)]
    [InlineData("IDENTITY-UNSURE", Contact.RegistrationAuthority)]
    [InlineData("PUK-UNKNOWN", Contact.RegistrationAuthority)]
    [InlineData("RENEW-EARLY", null)]
    [InlineData("PASSCODE-WRONG", null)]
    public void A_refusal_that_sends_people_to_somebody_says_to_whom(string code, Contact? contact) => Contacts.For(code).ShouldBe(contact);

    [Theory]
    [InlineData("", null)]
    [InlineData(" \n\r\n", null)]
    [InlineData("Priya Saltmarsh, reception\r\n\n  Tom Fallowfield\t", "Priya Saltmarsh, reception\nTom Fallowfield")]
    public void Lines_are_as_recorded_without_what_pages_and_messages_do_not_take(string recorded, string? lines) =>
        Contacts.Lines(new Organisation { Code = "DEMO1", Name = "Thistledown", IdCheckers = recorded }, Contact.IdCheckers).ShouldBe(lines);

    [Fact]
    public void However_much_is_recorded_a_message_holds_it()
    {
        var much = string.Join('\n', Enumerable.Repeat(new string('x', 500), 50));
        var lines = Contacts.Lines(new Organisation { Code = "DEMO1", Name = "Thistledown", Unlockers = much }, Contact.Unlockers)!;
        lines.Length.ShouldBeLessThanOrEqualTo(2_000);
        lines.Split('\n').ShouldAllBe(line => line.Length <= 200);
    }

    [Fact]
    public void A_registration_authority_that_nobody_wrote_down_helps_nobody() =>
        Contacts.Lines(new Organisation { Code = "DEMO1", Name = "Thistledown" }, Contact.RegistrationAuthority).ShouldBeNull();
}
