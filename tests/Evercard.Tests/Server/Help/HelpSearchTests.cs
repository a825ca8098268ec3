using Evercard.Server.Help;

namespace Evercard.Tests.Server.Help;

public sealed class HelpSearchTests
{
    [Theory]
    [InlineData("re-issue")]
    [InlineData("reissue")]
    [InlineData("repair")]
    public void Whatever_people_call_repair_they_find_it(string word) =>
        HelpSearch.Find(word).ShouldContain(found => found.Href == "/help/refusals/CARD-EXPIRED");

    [Theory]
    [InlineData("re-issue")]
    [InlineData("Re-Isssue")]
    [InlineData("reissue")]
    [InlineData("expired")]
    [InlineData("renewal")]
    [InlineData("repair")]
    [InlineData("repair smartcard")]
    [InlineData("renewal of an expired smartcard")]
    public void The_repair_guide_is_found_by_every_name_that_it_ever_had(string words) =>
        HelpSearch.Find(words).Take(3).ShouldContain(found => found.Href == "/help/renewal-of-an-expired-smartcard-repair");

    [Fact]
    public void A_PIN_is_a_passcode() => HelpSearch.Find("wrong PIN").Select(found => found.Kind).ShouldContain("PASSCODE-WRONG");

    [Fact]
    public void A_forgotten_password_finds_who_can_unlock() => HelpSearch.Find("I forgot my password")[0].Kind.ShouldBe("PASSCODE-FORGOTTEN");

    [Fact]
    public void An_expired_card_finds_guide_and_messages()
    {
        var found = HelpSearch.Find("my card is expired");
        found.ShouldContain(one => one.Kind == "CARD-EXPIRED");
        found.ShouldContain(one => one.Href == "/help/what-to-do-when-it-does-not-work");
    }

    [Fact]
    public void A_code_leads_to_its_page_alone() => HelpSearch.Find(" card-locked ").Single().Href.ShouldBe("/help/refusals/CARD-LOCKED");

    [Theory]
    [InlineData("xyzzy")]
    [InlineData("the of and")]
    [InlineData("<script>")]
    [InlineData("   ")]
    public void What_is_nowhere_is_not_found(string query) => HelpSearch.Find(query).ShouldBeEmpty();

    [Fact]
    public void A_whole_book_is_searched_for_its_first_words_only() => HelpSearch.Find("expired " + new string('x', 100_000)).Count.ShouldBe(0);
}
