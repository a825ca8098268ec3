using System.Text;
using System.Text.Json.Serialization;
using Evercard.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Protocol;

public class MessageCodecTests
{
    [Fact]
    public void Every_message_type_has_an_example_and_comes_back_as_it_was_sent()
    {
        var declared = typeof(Message).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
            .Cast<JsonDerivedTypeAttribute>().Select(a => a.DerivedType).ToHashSet();
        SomeMessages.All.Select(m => m.GetType()).ToHashSet().SetEquals(declared).ShouldBeTrue();
        foreach (var message in SomeMessages.All)
        {
            var bytes = MessageCodec.Encode(message);
            MessageCodec.TryDecode(bytes, out var read, out var fault).ShouldBeTrue(fault);
            read.ShouldBeOfType(message.GetType());
            MessageCodec.Encode(read!).ShouldBe(bytes);
        }
    }

    [Fact]
    public void Arbitrary_bytes_never_throw() =>
        Prop.ForAll<byte[]>(bytes => !MessageCodec.TryDecode(bytes, out _, out var fault) && fault is not null).QuickCheckThrowOnFailure();

    [Fact]
    public void A_message_with_bytes_changed_never_throws_and_what_is_read_can_be_sent()
    {
        var frames = SomeMessages.All.Select(MessageCodec.Encode).ToArray();
        var mutated = from frame in Gen.Elements(frames)
                      from at in Gen.Choose(0, frame.Length - 1)
                      from value in Gen.Choose(0, 255)
                      from cut in Gen.Frequency((4, Gen.Constant(frame.Length)), (1, Gen.Choose(0, frame.Length)))
                      select Mutate(frame, at, (byte)value, cut);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(mutated.ToArbitrary(), bytes =>
        {
            if (!MessageCodec.TryDecode(bytes, out var message, out var fault))
            {
                return message is null && fault is not null;
            }

            return MessageCodec.Encode(message).Length > 0;
        }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":"format-disk"}""")]
    [InlineData("""{"reader":"R","type":"card-gone"}""")]
    [InlineData("""{"type":"card-gone"}""")]
    [InlineData("""{"type":"card-gone","reader":null}""")]
    [InlineData("""{"type":"card-gone","reader":""}""")]
    [InlineData("""{"type":"card-gone","reader":"R\n2"}""")]
    [InlineData("""{"type":"card-gone","reader":"R","reader":"S"}""")]
    [InlineData("""{"type":"card-gone","reader":"R","extra":1}""")]
    [InlineData("""{"type":"card-gone","reader":"R"} {}""")]
    [InlineData("""{"type":"card-gone","Reader":"R"}""")]
    [InlineData("""{"type":"welcome","agentStatus":1,"serverTime":"2026-11-22T08:04:00Z"}""")]
    [InlineData("""{"type":"welcome","agentStatus":"admin","serverTime":"2026-11-22T08:04:00Z"}""")]
    [InlineData("""{"type":"act-ended","actId":"../x"}""")]
    [InlineData("""{"type":"run-script","scriptId":"1","actId":"1","act":"renewal","epoch":0,"reader":"R","name":"n","steps":[]}""")]
    [InlineData("""{"type":"run-script","scriptId":"1","actId":"1","act":"renewal","epoch":0,"reader":"R","name":"n","steps":[null]}""")]
    [InlineData("""{"type":"run-script","scriptId":"1","actId":"1","act":"renewal","epoch":-1,"reader":"R","name":"n","steps":[{"step":"reset"}]}""")]
    [InlineData("""{"type":"run-script","scriptId":"1","actId":"1","act":"renewal","epoch":0,"reader":"R","name":"n","steps":[{"step":"raw","command":"?","anyStatus":false}]}""")]
    [InlineData("""{"type":"run-script","scriptId":"1","actId":"1","act":"renewal","epoch":0,"reader":"R","name":"n","steps":[{"step":"set-passcode","puk":"AAAA"}]}""")]
    [InlineData("""{"type":"script-done","scriptId":"1","actId":"1","epoch":0,"answers":[{"status":65536,"data":"","passcodeVerified":false}],"cardMicroseconds":1}""")]
    public void What_is_no_message_is_refused(string json) =>
        MessageCodec.TryDecode(Encoding.UTF8.GetBytes(json), out _, out _).ShouldBeFalse();

    [Fact]
    public void A_fault_quotes_nothing_of_the_frame()
    {
        MessageCodec.TryDecode("""{"type":"739154"}"""u8, out _, out var fault).ShouldBeFalse();
        fault.ShouldNotBeNull().ShouldNotContain("739154");
    }

    [Fact]
    public void A_frame_over_64_KiB_is_neither_read_nor_sent()
    {
        MessageCodec.TryDecode(new byte[MessageCodec.MaxBytes + 1], out _, out var fault).ShouldBeFalse();
        fault.ShouldBe("the frame is too long");
        var steps = Enumerable.Repeat<ScriptStep>(new ScriptStep.Raw(new byte[16_000], AnyStatus: false), 5).ToArray();
        Should.Throw<InvalidOperationException>(() => MessageCodec.Encode(
            new RunScript("1", "1", CardAct.Renewal, 0, "R", "n", steps)));
    }

    [Fact]
    public void No_message_tells_its_values_in_ToString() =>
        SomeMessages.All.ShouldAllBe(message => message.ToString() == message.GetType().Name);

    private static byte[] Mutate(byte[] frame, int at, byte value, int cut)
    {
        var copy = frame.ToArray();
        copy[at] = value;
        return copy[..cut];
    }
}
