using Association.Platform.Data.Kernel;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.Localisation;

/// <summary>A day as somebody typed it, or a sentence that says why it is none that can be meant. All days from forms and verbs are read here.</summary>
/// <param name="Day">The day, when it can be meant.</param>
/// <param name="Problem">What is wrong with it, else.</param>
public readonly record struct TypedDay(DateOnly? Day, string? Problem)
{
    /// <summary>Reads a day: „21.11.2026“, „2026-11-21“, „21. November 2026“.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="range">Which days it may be.</param>
    /// <param name="texts">For the sentence, which names the earliest and the latest day.</param>
    public static TypedDay Read(string text, DayRange range, IStringLocalizer<WebTexts> texts)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(texts);
        if (!TypedInput.TryDate(text, out var day))
            return new(null, texts["Problem.Date"]);
        return range.Contains(day)
            ? new(day, null)
            : new(null, texts["Problem.DayRange", Formats.Of(day), Formats.Of(range.Earliest), Formats.Of(range.Latest)]);
    }
}
