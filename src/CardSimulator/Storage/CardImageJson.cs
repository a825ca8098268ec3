using System.Text.Json.Serialization;

namespace Evercard.CardSimulator.Storage;

[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CardImage))]
internal sealed partial class CardImageJson : JsonSerializerContext;
