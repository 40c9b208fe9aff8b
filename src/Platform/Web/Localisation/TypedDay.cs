using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.Localisation;

/// <summary>The days that a field or an argument may name; both ends belong to it.</summary>
public readonly record struct DayRange(DateOnly Earliest, DateOnly Latest)
{
    private const int YearsBack = 100;
    private const int YearsAhead = 50;
    private const int FirstYearOfAll = 1800;

    /// <summary>What an office has to do with: a hundred years back, fifty ahead. „28.11.0026“ and „2126“ are slips of the pen.</summary>
    public static DayRange Usual(DateOnly today) => new(new DateOnly(today.Year - YearsBack, 1, 1), new DateOnly(today.Year + YearsAhead, 12, 31));

    /// <summary>Days of long ago: a hospital may be a member since the association was founded.</summary>
    public static DayRange Historic(DateOnly today) => Usual(today) with { Earliest = new DateOnly(FirstYearOfAll, 1, 1) };

    /// <summary>Whether the day lies in it.</summary>
    public bool Contains(DateOnly day) => day >= Earliest && day <= Latest;
}

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
