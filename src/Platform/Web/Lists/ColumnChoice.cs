using System.Globalization;
using System.Text.Json.Serialization;
using Association.Platform.Data;
using Microsoft.AspNetCore.Http;

namespace Association.Platform.Web.Lists;

/// <summary>Which columns of a list are shown, and in which order.</summary>
/// <typeparam name="T">The columns that the list has.</typeparam>
public sealed class ColumnChoice<T>
    where T : struct, Enum
{
    private readonly IReadOnlyList<T> standard;

    /// <summary>These columns, chosen by other means than an address.</summary>
    /// <param name="shown">From left to right; at least one.</param>
    [JsonConstructor]
    public ColumnChoice(IReadOnlyList<T> shown)
        : this(shown is { Count: > 0 } ? shown : throw new ArgumentException("At least one column is shown.", nameof(shown)), [], isFromForm: false) { }

    internal ColumnChoice(IReadOnlyList<T> shown, IReadOnlyList<T> standard, bool isFromForm)
    {
        Shown = shown;
        this.standard = standard;
        IsFromForm = isFromForm;
    }

    /// <summary>From left to right; at least one.</summary>
    public IReadOnlyList<T> Shown { get; }

    /// <summary>The address is that of the submitted form, boxes and places one by one; the page then goes on to the short address.</summary>
    public bool IsFromForm { get; }

    /// <summary>What stands in the address; null when these are the usual columns.</summary>
    public string? Text => Shown.SequenceEqual(standard) ? null : string.Join(',', Shown.Select(EnumText.Of));
}

/// <summary>Reads a choice of columns: <c>cols=number,name,town</c>, or the fields of <see cref="ColumnMenu{T}"/>.</summary>
public static class ColumnChoice
{
    /// <summary>The query parameter.</summary>
    public const string Parameter = "cols";

    internal const string Box = "col";

    /// <summary>Reads an address; what names no column falls away.</summary>
    /// <param name="query">The address.</param>
    /// <param name="standard">What is shown when the address says nothing.</param>
    /// <param name="always">Is shown whatever the address says, because it leads on to the record.</param>
    public static ColumnChoice<T> Read<T>(IQueryCollection query, IReadOnlyList<T> standard, T always)
        where T : struct, Enum
    {
        var fromForm = query.ContainsKey(Box);
        IEnumerable<string> named = fromForm
            ? query[Box]
                .OfType<string>()
                .Select((key, at) => (Key: key, At: at, Place: Place(query[PlaceOf(key)])))
                // Whoever types 3 wants the third place: the column that stood there moves on.
                .OrderBy(c => c.Place)
                .ThenBy(c => c.Place == int.MaxValue ? c.At : -c.At)
                .Select(c => c.Key)
            : query[Parameter].ToString().Split(',');
        var known = named.Select(Column<T>).OfType<T>().Distinct().ToList();
        if (known.Count == 0)
            return new ColumnChoice<T>(standard, standard, fromForm);
        if (!known.Contains(always))
            known.Insert(0, always);
        return new ColumnChoice<T>(known, standard, fromForm);
    }

    internal static string PlaceOf(string key) => "pos." + key;

    private static T? Column<T>(string key)
        where T : struct, Enum
    {
        foreach (var column in Enum.GetValues<T>())
            if (EnumText.Of(column) == key)
                return column;
        return null;
    }

    private static int Place(string? typed) => int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : int.MaxValue;
}
