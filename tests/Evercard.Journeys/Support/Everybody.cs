using Evercard.Journeys.Support;

// There is one browser, and two cores: journeys are walked one after another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Evercard.Journeys.Support;

/// <summary>Everything that uses the browser is in this collection.</summary>
[CollectionDefinition(Name)]
public sealed class Everybody : ICollectionFixture<Chromium>
{
    public const string Name = "journeys";
}
