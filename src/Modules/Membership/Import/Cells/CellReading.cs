using Association.Membership.Import.Reading;

namespace Association.Membership.Import.Cells;

/// <summary>What a cell says, or why it says nothing that can be taken over.</summary>
/// <param name="Value">Default when the cell holds no value, or a wrong one.</param>
/// <param name="Problem">Why the typed value is not taken over.</param>
/// <param name="Suggestion">What was probably meant, ready for the field „Richtig ist“.</param>
/// <param name="Notice">The value was taken over, but read in a way a person should know.</param>
internal readonly record struct CellReading<T>(T? Value, Reason? Problem = null, string? Suggestion = null, Reason? Notice = null)
{
    public static CellReading<T> Nothing => default;

    /// <summary>A cell whose formula has no value.</summary>
    public static CellReading<T> Failed(ListCell cell) => new(default, cell.Fault);

    public static CellReading<T> Wrong(string key, params object[] args) => new(default, new Reason(key, args));
}

/// <summary>Words by which people say that there is no value.</summary>
internal static class NoValue
{
    private static readonly HashSet<string> Words =
    [
        "",
        "ka",
        "keineangabe",
        "keineangaben",
        "keine",
        "keiner",
        "kein",
        "ohne",
        "entfaellt",
        "unbekannt",
        "nichtbekannt",
        "nv",
        "na",
        "none",
        "unknown",
        "nil",
        "neant",
        "aucun",
        "aucune",
        "inconnu",
        "nc",
        "null",
    ];

    /// <summary>„k. A.“, „-“, „keine“, „n/a“ and the like.</summary>
    public static bool Is(string text) => text.Length <= 20 && Words.Contains(HeaderWords.Key(text));
}
