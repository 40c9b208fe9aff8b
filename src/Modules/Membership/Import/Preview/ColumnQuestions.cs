using Association.Membership.Import.Cells;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Reading;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;

namespace Association.Membership.Import.Preview;

/// <summary>A column that is neither imported nor left out before a person said what it is.</summary>
/// <param name="Column">Which.</param>
/// <param name="Candidates">What it probably is.</param>
/// <param name="Text">Why it is asked.</param>
internal sealed record ColumnQuestion(ListColumn Column, IReadOnlyList<MemberField> Candidates, Reason Text);

/// <summary>Finds the columns that must not be left out without a word: what stands above them is doubtful, or they hold the numbers that somebody's dues go by.</summary>
internal static class ColumnQuestions
{
    private const double Enough = 0.8;
    private const int MostOfACount = 5_000_000; // longer digits are numbers of banks, customers, telephones

    private static readonly (MemberField Field, string Measure)[] Counts =
    [
        (MemberField.Beds, "beds"),
        (MemberField.Employees, "employees"),
        (MemberField.Inhabitants, "inhabitants"),
    ];

    public static IReadOnlyList<ColumnQuestion> Of(
        ListTable table,
        ListMapping mapping,
        IReadOnlyList<ReadRow> rows,
        IReadOnlyDictionary<string, string> needed
    )
    {
        var cells = table.Rows.ToDictionary(r => r.Number);
        return [.. mapping.Columns.Where(c => c.Source == MappingSource.Unknown && c.Second == MemberField.None).Select(Ask).OfType<ColumnQuestion>()];

        ColumnQuestion? Ask(ListColumn column)
        {
            if (rows.All(r => cells[r.Row][column.Index] is null))
                return null;
            if (column.Candidates.Count > 0)
                return new ColumnQuestion(
                    column,
                    column.Candidates,
                    new Reason(column.Candidates.Count == 1 ? "AskSecondCount" : "AskDoubtful", column.Letter, column.Name)
                );
            if (HeaderWords.CountsLines(column.Header))
                return null;
            foreach (var (field, measure) in Counts)
            {
                var lacking = rows.Where(r =>
                        r.Member.Category is { } category && needed.GetValueOrDefault(category) == measure && r.Member.Measures.All(m => m.Measure != measure)
                    )
                    .ToArray();
                var filled = lacking.Select(r => cells[r.Row][column.Index]).OfType<ListCell>().ToArray();
                if (filled.Length == 0 || filled.Length * 2 < lacking.Length || !AreCounts(filled))
                    continue;
                return new ColumnQuestion(column, [field], new Reason("AskCount." + measure, column.Letter, column.Name, new Count(filled.Length)));
            }
            return null;
        }
    }

    /// <exception cref="ProblemsException">A question is open; names each, and how to answer it.</exception>
    public static void MustBeAnswered(this ImportPlan plan)
    {
        if (plan.Questions.Count > 0)
            throw new ProblemsException(
                string.Join(" ", plan.Questions.Select(q => q.Text.Say()).Append(new Reason("AskAnswer", plan.Questions[0].Column.Letter).Say()))
            );
    }

    private static bool AreCounts(ListCell[] cells)
    {
        var counts = cells
            .Where(c => !c.Text.TrimStart().StartsWith('0')) // a number with a zero before it is a code
            .Select(c => CountCell.Read(c).Value)
            .Where(n => n is > 0 and <= MostOfACount)
            .ToArray();
        return counts.Length >= Enough * cells.Length && counts.Count(n => n is > 1900 and < 2100) < Enough * counts.Length; // years
    }
}
