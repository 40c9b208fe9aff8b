using Association.Membership.Import.Reading;

namespace Association.Membership.Import.Mapping;

/// <summary>Proposes what columns and category words mean: what a person said comes first, then what was remembered, then the header, then the cells.</summary>
internal static class MappingProposal
{
    private static readonly HashSet<MemberField> MaySeveral = [MemberField.None, MemberField.PriorDues, MemberField.Remark];

    private static readonly HashSet<MemberField> Fillable =
    [
        MemberField.Name,
        MemberField.Street,
        MemberField.PostalCode,
        MemberField.Town,
        MemberField.PostalCodeAndTown,
        MemberField.Address,
        MemberField.Country,
        MemberField.Email,
        MemberField.Phone,
    ];

    /// <exception cref="ImportRefusedException">A choice names a column, field or category that does not exist.</exception>
    public static ListMapping For(ListTable table, MappingChoices chosen, MappingChoices remembered, int thisYear)
    {
        CheckColumnsExist(table, chosen);
        var defaultYear = table.AsOf?.Year ?? thisYear;
        var columns = table.Headers.OrderBy(h => h.Key).Select(h => ByWords(table, h.Key, h.Value, chosen, remembered, defaultYear, thisYear)).ToList();
        Unravel(columns);
        FillFromContents(table, columns, defaultYear, thisYear);
        var mapping = new ListMapping(columns, [], chosen.Categories.GetValueOrDefault("*") ?? remembered.Categories.GetValueOrDefault("*"));
        return mapping with { Categories = WordsIn(table, mapping, chosen, remembered) };
    }

    private static ListColumn ByWords(
        ListTable table,
        int index,
        string header,
        MappingChoices chosen,
        MappingChoices remembered,
        int defaultYear,
        int thisYear
    )
    {
        var samples = table.Rows.Select(r => r.TextAt(index)).Where(t => t.Length > 0).Distinct().Take(3).ToArray();
        var column = new ListColumn(
            index,
            header,
            MemberField.None,
            null,
            ListTable.AsOfIn(new ListCell(ListCellKind.Text, header), thisYear),
            MappingSource.Unknown,
            samples
        );
        var known = HeaderWords.Find(header);
        if (Choice(chosen, column) is { } now)
            return column with { Field = now.Field, Year = YearOf(now.Field, now.Year ?? known?.Year, defaultYear), Source = MappingSource.Chosen };
        if (Choice(remembered, column) is { } before)
            return column with
            {
                Field = before.Field,
                Year = YearOf(before.Field, known?.Year ?? before.Year, defaultYear),
                Source = MappingSource.Remembered,
            };
        return known is { } found
            ? column with
            {
                Field = found.Field,
                Year = YearOf(found.Field, found.Year, defaultYear),
                Source = MappingSource.Header,
            }
            : column with
            {
                Candidates = HeaderWords.Doubtful(header),
            };
    }

    private static int? YearOf(MemberField field, int? named, int defaultYear) => field == MemberField.PriorDues ? named ?? defaultYear : null;

    private static (MemberField Field, int? Year)? Choice(MappingChoices choices, ListColumn column)
    {
        var name = ListTable.ColumnName(column.Header);
        foreach (var (key, value) in choices.Columns)
            if (
                string.Equals(key, column.Letter, StringComparison.OrdinalIgnoreCase)
                || (column.Header.Length > 0 && (key == column.Header || (name.Length > 0 && ListTable.ColumnName(key) == name)))
            )
                return MappingChoices.ParseField(value);
        return null;
    }

    private static void CheckColumnsExist(ListTable table, MappingChoices chosen)
    {
        foreach (var (key, value) in chosen.Columns)
        {
            var name = ListTable.ColumnName(key);
            if (
                !table.Headers.Any(h =>
                    string.Equals(ColumnLetters.Of(h.Key), key, StringComparison.OrdinalIgnoreCase)
                    || h.Value == key
                    || (name.Length > 0 && ListTable.ColumnName(h.Value) == name)
                )
            )
                throw new ImportRefusedException(new Reason("MappingNoColumn", key));
            if (MappingChoices.ParseField(value) is null)
                throw new ImportRefusedException(new Reason("MappingNoField", value, key));
        }
        foreach (var (word, code) in chosen.Categories)
            if (code.Length > 0 && !CategoryWords.IsCode(code))
                throw new ImportRefusedException(new Reason("MappingNoCategory", code, word));
    }

    // Two columns for one field: a given name makes „Name“ the family name, the plainer „Nr.“ gives way to „Mitgl.-Nr.“, else the first one stays.
    private static void Unravel(List<ListColumn> columns)
    {
        if (
            columns.Any(c => c.Field == MemberField.FirstName)
            && columns.Count(c => c.Field == MemberField.Name) > 1
            && columns.All(c => c.Field != MemberField.LastName)
        )
        {
            var family = columns.FindIndex(c => c.Field == MemberField.Name && HeaderWords.Key(c.Header) is "name" or "nom");
            if (family >= 0)
                columns[family] = columns[family] with { Field = MemberField.LastName };
        }
        foreach (var field in columns.Select(c => c.Field).Distinct().Where(f => !MaySeveral.Contains(f)).ToArray())
        {
            var rivals = columns
                .Where(c => c.Field == field)
                .OrderByDescending(c => c.Source)
                .ThenByDescending(c => field == MemberField.Number ? HeaderWords.Key(c.Header).Length : 0)
                .ThenBy(c => c.Index)
                .Skip(1);
            foreach (var rival in rivals.ToArray())
                columns[columns.IndexOf(rival)] = rival with
                {
                    Field = MemberField.None,
                    Source = MappingSource.Unknown,
                    Second = Fillable.Contains(field) ? field : MemberField.None,
                    Candidates = field is MemberField.Beds or MemberField.Employees or MemberField.Inhabitants ? [field] : [], // two counts: which one dues go by is asked
                };
        }
    }

    private static void FillFromContents(ListTable table, List<ListColumn> columns, int defaultYear, int thisYear)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Source != MappingSource.Unknown || columns[i].Second != MemberField.None)
                continue;
            var taken = columns.Select(c => c.Field).ToHashSet();
            if (taken.Contains(MemberField.Town))
                taken.Add(MemberField.PostalCodeAndTown);
            if (taken.Contains(MemberField.Street))
                taken.Add(MemberField.Address);
            if (table.HeaderRow > 0 && columns[i].Header.Length > 0)
                taken.UnionWith([MemberField.JoinedOn, MemberField.PriorDues, MemberField.Country, MemberField.PostalCode]); // a header that says something else is believed
            if (
                ColumnContents.Guess(table.Rows, columns[i].Index, taken, thisYear) is { } field
                && (columns[i].Candidates.Count == 0 || columns[i].Candidates.Contains(field))
            )
                columns[i] = columns[i] with { Field = field, Year = YearOf(field, null, defaultYear), Source = MappingSource.Content };
        }
        Place(MemberField.Name, [MemberField.Name, MemberField.LastName], ColumnContents.GuessName);
        if (table.HeaderRow == 0)
            Place(MemberField.Number, [MemberField.Number], ColumnContents.GuessNumber);

        void Place(MemberField field, MemberField[] have, Func<IReadOnlyList<ListRow>, IEnumerable<int>, int?> guess)
        {
            if (
                columns.Any(c => have.Contains(c.Field))
                || guess(table.Rows, columns.Where(c => c.Source == MappingSource.Unknown).Select(c => c.Index)) is not { } index
            )
                return;
            var at = columns.FindIndex(c => c.Index == index);
            columns[at] = columns[at] with { Field = field, Source = MappingSource.Content };
        }
    }

    private static CategoryWord[] WordsIn(ListTable table, ListMapping mapping, MappingChoices chosen, MappingChoices remembered)
    {
        if (mapping.Column(MemberField.Category) is not { } column)
            return [];
        var kinds = new RowKinds(table, mapping);
        return
        [
            .. table
                .Rows.Where(r => kinds.Of(r) == RowKind.Data)
                .Select(r => r.TextAt(column.Index))
                .Where(w => w.Length > 0)
                .GroupBy(w => w, StringComparer.OrdinalIgnoreCase)
                .Select(g => Meaning(g.Key, g.Count())),
        ];

        CategoryWord Meaning(string word, int rows) =>
            Chosen(chosen, word) is { } now ? new(word, rows, now.Length == 0 ? null : now, MappingSource.Chosen)
            : Chosen(remembered, word) is { Length: > 0 } before ? new(word, rows, before, MappingSource.Remembered)
            : CategoryWords.Find(word) is { } found ? new(word, rows, found, MappingSource.Content)
            : new(word, rows, null, MappingSource.Unknown);
    }

    private static string? Chosen(MappingChoices choices, string word) =>
        choices.Categories.FirstOrDefault(c => string.Equals(c.Key, word, StringComparison.OrdinalIgnoreCase)).Value;
}
