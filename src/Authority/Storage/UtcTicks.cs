using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Evercard.Authority.Storage;

/// <summary>Times as UTC ticks (100 ns since the year 1): exact, and ordered alike by every database.</summary>
internal sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
