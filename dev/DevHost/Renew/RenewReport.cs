using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evercard.Protocol;

namespace Evercard.DevHost.Renew;

/// <summary>Tells the steps of a renewal or repair as they happen, in lines or, at the end, as one JSON object.</summary>
public sealed class RenewReport(TextWriter output, bool json, TimeProvider time) : IProgress<Progress>
{
    private readonly Lock writing = new();
    private readonly List<(int Number, string Text, double Milliseconds)> steps = [];
    private (int Number, string Text, long Started)? current;

    /// <summary>A step begins; the one before it is over.</summary>
    public void Begin(int number, string text)
    {
        lock (writing)
        {
            EndCurrent();
            current = (number, text, time.GetTimestamp());
        }
    }

    public void Report(Progress value) => Begin(value.Step, value.Text);

    /// <summary>A line for people.</summary>
    public void Say(string line)
    {
        if (!json)
        {
            output.WriteLine(line);
        }
    }

    /// <summary>Ends the last step.</summary>
    public void End()
    {
        lock (writing)
        {
            EndCurrent();
        }
    }

    /// <param name="words">The act's own words of success.</param>
    /// <param name="done">What was done.</param>
    /// <param name="total">How long it took here.</param>
    /// <param name="reader">Where the card is.</param>
    public void Success(string words, ActCompleted done, TimeSpan total, string reader)
    {
        End();
        Say(string.Empty);
        Say($"  Whole act {Milliseconds(total.TotalMilliseconds)}, {Milliseconds(done.CardMilliseconds)} of it inside the card, {done.RoundTrips} round trips");
        Say($"  Expired on {done.OldNotAfter:d MMMM yyyy}, now works until {done.NewNotAfter:d MMMM yyyy}");
        Say(string.Empty);
        Say(words);
        Write(new JsonObject
        {
            ["result"] = words,
            ["reader"] = reader,
            ["steps"] = Steps(),
            ["totalMilliseconds"] = Math.Round(total.TotalMilliseconds, 1),
            ["cardMilliseconds"] = done.CardMilliseconds,
            ["roundTrips"] = done.RoundTrips,
            ["oldNotAfter"] = done.OldNotAfter.ToString("O", CultureInfo.InvariantCulture),
            ["newNotAfter"] = done.NewNotAfter.ToString("O", CultureInfo.InvariantCulture),
        });
    }

    /// <summary>A refusal; as JSON a problem detail (RFC 9457).</summary>
    public void Refused(Refused refused)
    {
        End();
        Say(string.Empty);
        Say($"{refused.Code}: {refused.Title}");
        Say($"  {refused.NextStep}");
        if (refused.Reference is not null)
        {
            Say($"  Reference {refused.Reference}");
        }

        var problem = new JsonObject
        {
            ["type"] = $"https://evercard.example/help/refusals/{refused.Code}",
            ["title"] = refused.Title,
            ["status"] = 409,
            ["code"] = refused.Code,
            ["detail"] = $"{refused.Title} {refused.NextStep}",
            ["nextStep"] = refused.NextStep,
            ["steps"] = Steps(),
        };
        if (refused.Reference is not null)
        {
            problem["reference"] = refused.Reference;
        }

        if (refused.TriesLeft is not null)
        {
            problem["triesLeft"] = refused.TriesLeft;
        }

        Write(problem);
    }

    private JsonArray Steps() =>
        [.. steps.Select(s => (JsonNode)new JsonObject { ["number"] = s.Number, ["text"] = s.Text, ["milliseconds"] = Math.Round(s.Milliseconds, 1) })];

    private void Write(JsonObject result)
    {
        if (json)
        {
            output.WriteLine(result.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        }
    }

    private void EndCurrent()
    {
        if (current is not { } step)
        {
            return;
        }

        var took = time.GetElapsedTime(step.Started).TotalMilliseconds;
        steps.Add((step.Number, step.Text, took));
        Say($"  {step.Number,2}  {step.Text,-48} {Milliseconds(took),10}");
        current = null;
    }

    private static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0} ms");
}
