using System.Security.Cryptography;
using Evercard.Cards;
using Evercard.Cards.Drivers;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;

namespace Evercard.Lifecycle.Keys;

/// <summary>
/// The scripts of one visit to one card. The server holds 9B and computes the mutual authentication: the card's witness
/// is asked for last in a script and answered first in the next, so that it costs no round trip of its own.
/// </summary>
internal sealed class CardDialogue(ICard card, AdministrationKey administrationKey, string driver) : IDisposable
{
    private readonly bool asksForResponse = CardDriver.ByName(driver) is { AsksForResponse: true };
    private ReadOnlyMemory<byte> witness;
    private CardConnectionFailure? lostAfterwards;
    private bool refusedBefore;

    public ActBinding Binding => card.Binding;

    /// <summary>The card answered our challenge with 9B: it is the card that the registry knows.</summary>
    public bool Confirmed { get; private set; }

    /// <summary>Time spent inside the card in this visit.</summary>
    public TimeSpan CardTime { get; private set; }

    /// <summary>No script follows: no witness is asked for.</summary>
    public bool Last { get; set; }

    /// <summary>Runs steps that need no 9B; asks for a witness at their end.</summary>
    public Task<IReadOnlyList<StepAnswer>> Run(string name, IReadOnlyList<CardStep> steps, CancellationToken cancellation) =>
        RunScript(new CardScript(name, [.. steps, .. WitnessRequest()]), steps.Count, cancellation);

    /// <summary>Runs steps after the answer to the last witness: the card lets them write only if 9B is right.</summary>
    /// <param name="name">Of the script.</param>
    /// <param name="steps">What it does.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="looksAgain">Whoever was never confirmed is given the benefit of the doubt once: another program may have chosen an application or reset it.</param>
    /// <returns>The steps' answers; none where the card lost its session with 9B: look at it anew.</returns>
    /// <exception cref="CardException">The card never shared 9B with us: it is not the card that the registry knows.</exception>
    public async Task<IReadOnlyList<StepAnswer>> RunAuthenticated(string name, IReadOnlyList<CardStep> steps, CancellationToken cancellation, bool looksAgain = false)
    {
        if (lostAfterwards is { } failure)
        {
            throw new CardConnectionException(failure, $"The card was lost before \"{name}\".");
        }

        if (witness.IsEmpty)
        {
            return Confirmed ? [] : throw new CardException(StatusWord.SecurityStatusNotSatisfied, "The card gave no witness for 9B.");
        }

        var decrypted = administrationKey.DecryptWitness(witness.Span);
        var challenge = RandomNumberGenerator.GetBytes(administrationKey.Algorithm.BlockLength());
        var authentication = new CardStep.Raw(PivCommands.AnswerWitness(administrationKey.Algorithm, decrypted, challenge, asksForResponse));
        CryptographicOperations.ZeroMemory(decrypted);
        var answers = await RunScript(new CardScript(name, [authentication, .. steps, .. WitnessRequest()]), steps.Count + 1, cancellation);
        if (!answers[0].Status.IsSuccess
            || !DynamicAuthentication.TryReadResponse(answers[0].Data, out var response)
            || !administrationKey.IsAnswerTo(challenge, response.Span))
        {
            var mayHaveForgotten = looksAgain && !answers[0].Status.IsSuccess && !refusedBefore;
            refusedBefore = true;
            return Confirmed || mayHaveForgotten ? [] : throw new CardException(answers[0].Status, "The card and the server do not share the administration key.");
        }

        Confirmed = true;
        return [.. answers.Skip(1)];
    }

    public void Dispose() => administrationKey.Dispose();

    private CardStep[] WitnessRequest() =>
        Last ? [] : [new CardStep.Raw(PivCommands.RequestWitness(administrationKey.Algorithm), AnyStatus: true)];

    private async Task<IReadOnlyList<StepAnswer>> RunScript(CardScript script, int wanted, CancellationToken cancellation)
    {
        witness = default;
        var reply = await card.Run(script, cancellation);
        CardTime += reply.CardTime;

        // Lost at the request for a witness: what came before it stands, the next script will not run.
        lostAfterwards = reply.Failure;
        if (reply.Failure is { } failure && reply.Answers.Count < wanted)
        {
            throw new CardConnectionException(failure, $"The card was lost during \"{script.Name}\".");
        }

        if (reply.Answers.Count == 0 || reply.Answers.Count > script.Steps.Count)
        {
            throw new CardConnectionException(CardConnectionFailure.Unresponsive, $"No answer fits \"{script.Name}\".");
        }

        if (reply.Answers.Count > wanted && reply.Answers[wanted].Status.IsSuccess
            && DynamicAuthentication.TryReadWitness(reply.Answers[wanted].Data, administrationKey.Algorithm, out var asked))
        {
            witness = asked;
        }

        return [.. reply.Answers.Take(wanted)];
    }
}
