using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Evercard.Look;

/// <summary>The errors of a page: ViewData["Errors"] where the page set it, otherwise its model state.</summary>
public static class PageErrors
{
    public const string Key = "Errors";

    public static IReadOnlyList<FieldError> Of(ViewDataDictionary data) =>
        data[Key] as IReadOnlyList<FieldError>
        ?? [.. data.ModelState.SelectMany(entry => (entry.Value?.Errors ?? []).Select(error => new FieldError(IdOf(entry.Key), error.ErrorMessage)))];

    internal static string IdOf(string field) => TagBuilder.CreateSanitizedId(field, "_");
}
