using System.Text;
using Evercard.Agent.Pages.Forms;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Agent.Pages;

public sealed class PostedFormTests
{
    [Fact]
    public void Any_text_comes_back_as_it_was_typed() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        text =>
        {
            // A lone surrogate is no text: it cannot be sent.
            var sent = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get));
            using var form = Parsed($"other=1&text={Uri.EscapeDataString(sent)}");
            return form.Text("text") == sent;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_are_a_form_or_none_and_never_a_fault() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        bytes =>
        {
            if (PostedForm.TryParse(bytes, out var form))
            {
                form.Dispose();
            }

            return (form is null) != PostedForm.TryParse(bytes, out _);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("passcode=739154", true)]
    [InlineData("passcode=+739154%0D%20", false)]
    [InlineData("passcode=+739154+", true)]
    [InlineData("passcode=%37%33%39%31%35%34", true)]
    [InlineData("passcode=73915", false)]
    [InlineData("passcode=739154739", false)]
    [InlineData("passcode=73915a", false)]
    [InlineData("passcode=%EF%BC%977391545", false)]
    [InlineData("other=739154", false)]
    public void A_passcode_is_6_to_8_digits(string body, bool isOne)
    {
        using var form = Parsed(body);
        form.TryHold("passcode", TimeProvider.System, out var held).ShouldBe(isOne);
        held?.Dispose();
    }

    [Fact]
    public void After_disposal_nothing_is_left()
    {
        var form = Parsed("passcode=739154");
        form.Dispose();
        form.Text("passcode").ShouldBeNull();
        form.TryHold("passcode", TimeProvider.System, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("new=739154&again=739154", true)]
    [InlineData("new=739154&again=+739154", true)]
    [InlineData("new=739154&again=739155", false)]
    [InlineData("new=739154", false)]
    public void Two_fields_are_the_same_or_not(string body, bool same)
    {
        using var form = Parsed(body);
        form.AreSame("new", "again").ShouldBe(same);
    }

    private static PostedForm Parsed(string body) =>
        PostedForm.TryParse(Encoding.ASCII.GetBytes(body), out var form) ? form : throw new InvalidOperationException("No form.");
}
