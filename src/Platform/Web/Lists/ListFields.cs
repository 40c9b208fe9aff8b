using System.Globalization;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.Localisation;
using Microsoft.AspNetCore.Http;

namespace Association.Platform.Web.Lists;

/// <summary>
/// The filters of a list, each said once: its parameter in the address, where its value stands in the filter, and what its chip says. Read as a person types
/// them, written in one way and in this order; what cannot be read filters nothing.
/// </summary>
/// <typeparam name="TFilter">Which rows; a record, so that equal filters are equal.</typeparam>
/// <param name="none">The filter that lets everything through.</param>
public sealed class ListFields<TFilter>(TFilter none)
{
    private const int LongestText = 4000;

    private readonly List<Field> _fields = [];

    /// <summary>Lets everything through.</summary>
    public TFilter None => none;

    /// <summary>The parameter of a ticked row; null when rows cannot be ticked.</summary>
    public string? TickedKey { get; private set; }

    /// <summary>Words, without what does not print.</summary>
    public ListFields<TFilter> Text(string key, Func<TFilter, string?> get, Func<TFilter, string, TFilter> set, Func<string, string> chip) =>
        Add(key, set, get, filter => get(filter) is { Length: > 0 } text ? chip(text) : null);

    /// <summary>One of several; without a chip where the page shows the choice in another way.</summary>
    public ListFields<TFilter> Choice<T>(string key, Func<TFilter, T?> get, Func<TFilter, T, TFilter> set, Func<T, string?> chip)
        where T : struct, Enum =>
        Value(
            key,
            typed => Enum.TryParse<T>(typed, ignoreCase: true, out var choice) && Enum.IsDefined(choice) ? choice : null,
            get,
            set,
            v => v.ToString(),
            chip
        );

    /// <summary>A whole number up to 9999: days, years.</summary>
    public ListFields<TFilter> Whole(string key, Func<TFilter, int?> get, Func<TFilter, int, TFilter> set, Func<int, string> chip, int least = 0) =>
        Value(
            key,
            typed => int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= 9999 ? n : null,
            get,
            set,
            n => n.ToString(CultureInfo.InvariantCulture),
            chip
        );

    /// <summary>An amount in euro.</summary>
    public ListFields<TFilter> Amount(
        string key,
        Func<TFilter, decimal?> get,
        Func<TFilter, decimal, TFilter> set,
        Func<string, string> chip,
        decimal least = -999_999_999
    ) =>
        Value(
            key,
            typed => TypedInput.TryNumber(typed, out var n) && n >= least && n < 1_000_000_000 ? decimal.Round(n, 2) : null,
            get,
            set,
            n => n.ToString(CultureInfo.InvariantCulture),
            n => chip(Formats.Of(new Money(n)))
        );

    /// <summary>A business date.</summary>
    public ListFields<TFilter> Day(string key, Func<TFilter, DateOnly?> get, Func<TFilter, DateOnly, TFilter> set, Func<string, string> chip) =>
        Value(
            key,
            typed => TypedInput.TryDate(typed, out var day) && day.Year is > 1800 and < 2300 ? day : null,
            get,
            set,
            day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            day => chip(Formats.Of(day))
        );

    /// <summary>The id of a record.</summary>
    public ListFields<TFilter> Id(string key, Func<TFilter, Guid?> get, Func<TFilter, Guid, TFilter> set, string chip) =>
        Value(key, typed => Guid.TryParse(typed, out var id) ? id : null, get, set, id => id.ToString(), _ => chip);

    /// <summary>Holds or does not matter.</summary>
    public ListFields<TFilter> Flag(string key, Func<TFilter, bool> get, Func<TFilter, TFilter> set, string chip) =>
        Add(key, (filter, _) => set(filter), filter => get(filter) ? "1" : null, filter => get(filter) ? chip : null);

    /// <summary>Rows that were ticked one by one, by their numbers. They never stand in the address of the list itself.</summary>
    public ListFields<TFilter> Ticked(string key, Func<TFilter, IReadOnlyList<string>, TFilter> set)
    {
        TickedKey = key;
        _fields.Add(
            new Field(
                key,
                (filter, query) =>
                    query[key] is { Count: > 0 } ticked
                        ? set(filter, [.. ticked.OfType<string>().Where(n => n.Length <= 40 && !n.Any(char.IsControl)).Distinct().Take(1000)])
                        : filter,
                _ => null,
                _ => null
            )
        );
        return this;
    }

    /// <summary>The filter that an address asks for.</summary>
    public TFilter Read(IQueryCollection query) => _fields.Aggregate(none, (filter, field) => field.Read(filter, query));

    /// <summary>What stands in the address of a filter.</summary>
    public IEnumerable<(string Key, string Value)> Write(TFilter filter)
    {
        foreach (var field in _fields)
            if (field.Write(filter) is { Length: > 0 } value)
                yield return (field.Key, value);
    }

    /// <summary>What narrows the list, in words.</summary>
    public IEnumerable<(string Key, string Text)> Chips(TFilter filter)
    {
        foreach (var field in _fields)
            if (field.Chip(filter) is { } text)
                yield return (field.Key, text);
    }

    private ListFields<TFilter> Value<T>(
        string key,
        Func<string, T?> read,
        Func<TFilter, T?> get,
        Func<TFilter, T, TFilter> set,
        Func<T, string> write,
        Func<T, string?> chip
    )
        where T : struct =>
        Add(
            key,
            (filter, typed) => read(typed) is { } value ? set(filter, value) : filter,
            filter => get(filter) is { } value ? write(value) : null,
            filter => get(filter) is { } value ? chip(value) : null
        );

    private ListFields<TFilter> Add(string key, Func<TFilter, string, TFilter> read, Func<TFilter, string?> write, Func<TFilter, string?> chip)
    {
        _fields.Add(
            new Field(
                key,
                (filter, query) =>
                    string.Concat(query[key].ToString().Where(c => !char.IsControl(c)).Take(LongestText)).Trim() is { Length: > 0 } typed
                        ? read(filter, typed)
                        : filter,
                write,
                chip
            )
        );
        return this;
    }

    private sealed record Field(string Key, Func<TFilter, IQueryCollection, TFilter> Read, Func<TFilter, string?> Write, Func<TFilter, string?> Chip);
}
