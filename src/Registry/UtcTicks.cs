using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Evercard.Registry;

/// <summary>Times are stored as UTC ticks (100 ns since the year 1): exact, and ordered alike by every database.</summary>
/// <remarks>SQLite cannot compare offsets, and PostgreSQL would round to microseconds, which breaks the audit hashes.</remarks>
public sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
