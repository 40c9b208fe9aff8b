using System.Globalization;
using Association.Membership.Import.Reading;
using Association.Platform.Messaging;

namespace Association.Membership.Import.Mapping;

/// <summary>How it is known what a column means.</summary>
internal enum MappingSource
{
    /// <summary>Not known; stays out unless a person says what it is.</summary>
    Unknown,

    /// <summary>From the words above it.</summary>
    Header,

    /// <summary>From what its cells look like.</summary>
    Content,

    /// <summary>A person said so for a list of this shape before.</summary>
    Remembered,

    /// <summary>A person said so now.</summary>
    Chosen,
}

/// <summary>A column of the list and what it means.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Header">The words above it.</param>
/// <param name="Field">What it is imported as.</param>
/// <param name="Year">Of dues columns.</param>
/// <param name="AsOf">A reference date in the header: „Betten (Stand 31.12.2025)“.</param>
/// <param name="Source">How that is known.</param>
/// <param name="Samples">Up to three different values.</param>
internal sealed record ListColumn(int Index, string Header, MemberField Field, int? Year, DateOnly? AsOf, MappingSource Source, IReadOnlyList<string> Samples)
{
    /// <summary>As the spreadsheet names it.</summary>
    public string Letter { get; } = Reading.ColumnLetters.Of(Index);

    /// <summary>Between which fields the words above it leave the choice; empty when they do not.</summary>
    public IReadOnlyList<MemberField> Candidates { get; init; } = [];

    /// <summary>What it would be imported as if another column were not that already; what it says counts where that one is empty.</summary>
    public MemberField Second { get; init; }

    /// <summary>What a person calls the column.</summary>
    public string Name => Header.Length > 0 ? Header : Letter;
}

/// <summary>A word of the category column and the category it means; null: a person has to say.</summary>
internal sealed record CategoryWord(string Word, int Rows, string? Code, MappingSource Source);

/// <summary>What the columns and the category words of one list mean.</summary>
internal sealed record ListMapping(IReadOnlyList<ListColumn> Columns, IReadOnlyList<CategoryWord> Categories, string? DefaultCategory = null)
{
    /// <summary>The one column of a field; null when the list has none.</summary>
    public ListColumn? Column(MemberField field) => Columns.FirstOrDefault(c => c.Field == field);

    public IEnumerable<ListColumn> All(MemberField field) => Columns.Where(c => c.Field == field);

    public string? Category(string word) => Categories.FirstOrDefault(c => string.Equals(c.Word, word, StringComparison.OrdinalIgnoreCase))?.Code;
}

/// <summary>What a person said about columns and categories: in the form, in a mapping file, or for an earlier list of this shape.</summary>
/// <param name="Columns">Header text, or letter, to field; <c>priorDues:2025</c> names the year too.</param>
/// <param name="Categories">Word to category code; <c>*</c> is for rows without a word.</param>
internal sealed record MappingChoices(IReadOnlyDictionary<string, string> Columns, IReadOnlyDictionary<string, string> Categories)
{
    public static readonly MappingChoices None = new(new Dictionary<string, string>(), new Dictionary<string, string>());

    /// <summary>The same with these columns, each <c>COLUMN=FIELD</c>; a header may itself hold an equals sign.</summary>
    /// <exception cref="ProblemsException">One is not written like that.</exception>
    public MappingChoices With(IEnumerable<string> columns)
    {
        var all = new Dictionary<string, string>(Columns);
        foreach (var column in columns)
            all[column.LastIndexOf('=') is var at and > 0 ? column[..at].Trim() : throw new ProblemsException(new Reason("MapWithoutField", column).Say())] =
                column[(at + 1)..].Trim();
        return this with { Columns = all };
    }

    /// <summary>Reads <c>iban</c>, <c>priorDues:2025</c>, <c>prior_dues</c>; null when there is no such field.</summary>
    public static (MemberField Field, int? Year)? ParseField(string text)
    {
        var parts = text.Split(':', 2);
        var name = parts[0].Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Trim();
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !Enum.TryParse<MemberField>(name, ignoreCase: true, out var field))
            return null;
        if (parts.Length == 1)
            return (field, null);
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1950 and <= 2200 ? (field, year) : null;
    }
}
