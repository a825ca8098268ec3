using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evercard.Protocol;

/// <summary>Source-generated serialisation: camel case, nothing unknown, nothing twice, nothing missing.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 8)]
[JsonSerializable(typeof(Message))]
internal sealed partial class MessageJson : JsonSerializerContext;

/// <summary>Enumerations travel by their names in kebab case; numbers are refused.</summary>
internal sealed class KebabCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
