using System.CommandLine;
using System.Text.Json;
using Association.Membership.Import.Applying;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Preview;
using Association.Membership.Import.Reading;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Import;

/// <summary><c>import-members FILE [--mapping FILE] [--map COLUMN=FIELD] [--ignore COLUMN] [--own ROW] [--apply]</c>: shows what a member list would
/// change; writes with <c>--apply</c> only.</summary>
internal sealed class ImportMembersVerb : IVerb
{
    private const int NoticesSaid = 50; // all of them are in the JSON
    private const int MostAlike = 3;

    public Command Define(IVerbHost host)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The list: an Excel workbook (.xlsx) or a CSV file." };
        var mapping = new Option<FileInfo?>("--mapping") { Description = "JSON that says what columns and category words mean." };
        var map = new Option<string[]>("--map")
        {
            Description = "What a column is: COLUMN=FIELD, by its letter or header (\"Anz. MA=employees\"). May be repeated; counts before --mapping.",
        };
        var ignore = new Option<string[]>("--ignore") { Description = "A column that is not imported, by its letter or header. May be repeated." };
        var own = new Option<int[]>("--own") { Description = "A row that looks like a member who is there already, and is one of its own. May be repeated." };
        var apply = new Option<bool>("--apply") { Description = "Import; without it nothing is written." };
        var command = new Command("import-members", "Shows what a member list would change, or imports it.") { file, mapping, map, ignore, own, apply };
        command.SetAction(
            host.Run(
                arguments => arguments.GetValue(apply),
                context =>
                    RunAsync(
                        context,
                        context.Arguments.GetRequiredValue(file),
                        context.Arguments.GetValue(mapping),
                        [.. context.Arguments.GetValue(map) ?? [], .. (context.Arguments.GetValue(ignore) ?? []).Select(column => column + "=none")],
                        context.Arguments.GetValue(own) ?? [],
                        context.Arguments.GetValue(apply)
                    )
            )
        );
        return command;
    }

    private static async Task<VerbAnswer> RunAsync(VerbContext context, FileInfo file, FileInfo? mapping, string[] columns, int[] own, bool apply)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<ImportTexts>>();
        var upload = new ListUpload(file.Name, await InputFile.ReadAsync(context, file));
        if (mapping is not null)
            upload = upload with { Choices = Choices(await InputFile.ReadAsync(context, mapping), mapping.Name) };
        upload = upload with { Choices = upload.Choices.With(columns), Decisions = upload.Decisions with { OwnMembers = own.ToHashSet() } };
        var plan = apply
            ? (await context.Bus.InvokeAsync<AppliedImport>(new ApplyImport(upload), context.Cancellation)).Plan
            : await context.Bus.QueryAsync(new PreviewImport(upload), context.Cancellation);
        await context.Drain();
        var nothingImported = apply && plan.Rows.Count > 0 && plan.Count(Outcome.Refused) == plan.Rows.Count; // a script must not go on as if members were there
        return new VerbAnswer(Json(plan), Text(plan, apply, texts), !nothingImported);
    }

    private static MappingChoices Choices(byte[] json, string fileName)
    {
        try
        {
            return MappingFile.Read(json, fileName);
        }
        catch (ImportRefusedException refused)
        {
            throw new ProblemsException(refused.Reason.Say());
        }
    }

    private static ImportAnswer Json(ImportPlan plan) =>
        new(
            plan.Rows.Count,
            plan.Count(Outcome.New),
            plan.Count(Outcome.Changed),
            plan.Count(Outcome.Unchanged),
            [.. plan.Rows.Where(r => r.DuplicateOf is not null).Select(r => new DuplicateAnswer(r.Row, r.DuplicateOf!.Entry.Of, r.DuplicateOf.Reasons.Say()))],
            plan.Count(Outcome.Refused),
            plan.IgnoredCount,
            [.. plan.Errors.Select(e => Cell(e.Row, e.Finding))],
            [.. plan.Notices.Select(e => Cell(e.Row, e.Finding))],
            plan.Table.OtherSheets,
            [
                .. plan.Questions.Select(q => new QuestionAnswer(
                    q.Column.Letter,
                    q.Column.Header,
                    [.. q.Candidates.Select(f => JsonNamingPolicy.CamelCase.ConvertName(f.ToString()))],
                    q.Text.Say()
                )),
            ]
        );

    private static CellAnswer Cell(PlannedRow row, CellFinding finding) =>
        new(
            row.Row,
            finding.Column?.Letter ?? "",
            finding.Column?.Header ?? "",
            finding.Value.Length <= 200 ? finding.Value : finding.Value[..199] + "…",
            finding.Reason.Say(),
            row.Imported
        );

    // A line a cell; of more than a few in one column for one reason, one line.
    private static IEnumerable<string> Alike(
        IEnumerable<(PlannedRow Row, CellFinding Finding)> found,
        Func<PlannedRow, string> text,
        IStringLocalizer<ImportTexts> texts
    ) =>
        from alike in found.GroupBy(e => (Text: text(e.Row), e.Finding.Column?.Letter, Why: e.Finding.Reason.Say()))
        let cells = alike.Select(e => (e.Finding.Column?.Letter ?? "") + e.Row.Row).ToArray()
        from cell in cells.Length > MostAlike ? [AndMore(cells, texts)] : cells
        select texts[alike.Key.Text, cell, alike.Key.Why].Value;

    // A file that is no list at all has the same fault in every row: that is one sentence.
    private static string AndMore(string[] cells, IStringLocalizer<ImportTexts> texts) =>
        texts["Verb.AndMoreCells", string.Join(", ", cells.Take(MostAlike)), new Count(cells.Length - MostAlike)];

    private static string Text(ImportPlan plan, bool applied, IStringLocalizer<ImportTexts> texts)
    {
        var lines = new List<string>
        {
            texts[
                applied ? "Verb.Applied" : "Verb.Preview",
                new Count(plan.Rows.Count),
                new Count(plan.Count(Outcome.New)),
                new Count(plan.Count(Outcome.Changed)),
                new Count(plan.Count(Outcome.Unchanged)),
                new Count(plan.Count(Outcome.Duplicate)),
                new Count(plan.Count(Outcome.Refused)),
                new Count(plan.IgnoredCount)
            ],
        };
        lines.AddRange(plan.Questions.Select(q => q.Text.Say()));
        if (plan.Questions.Count > 0)
            lines.Add(new Reason("AskAnswer", plan.Questions[0].Column.Letter).Say());
        lines.AddRange(
            plan.Rows.Where(r => r.DuplicateOf is not null)
                .Select(r =>
                    texts[
                        r.DuplicateOf!.Entry.Of is int ? "Verb.DuplicateOfRow" : "Verb.DuplicateOfNumber",
                        r.Row,
                        r.DuplicateOf.Entry.Of,
                        r.DuplicateOf.Reasons.Say()
                    ].Value
                )
        );
        if (!applied && plan.Rows.Any(r => r.DuplicateOf is not null))
            lines.Add(texts["Verb.Own"]);
        lines.AddRange(Alike(plan.Errors, row => row.Imported ? "Verb.ErrorImported" : "Verb.Error", texts));
        var notices = Alike(plan.Notices, _ => "Verb.Notice", texts).ToList();
        lines.AddRange(notices.Take(NoticesSaid));
        if (notices.Count > NoticesSaid)
            lines.Add(texts["Verb.MoreNotices", new Count(notices.Count - NoticesSaid)]);
        if (plan.Table.OtherSheets.Count > 0)
            lines.Add(texts["Verb.NotRead", string.Join(", ", plan.Table.OtherSheets)]);
        return string.Join(Environment.NewLine, lines);
    }

    /// <param name="Rows">New, changed, unchanged, duplicate and refused rows together.</param>
    /// <param name="New">Members created.</param>
    /// <param name="Changed">Members changed.</param>
    /// <param name="Unchanged">Members that stand as the list says.</param>
    /// <param name="Duplicates">Rows that are probably there already.</param>
    /// <param name="NotImported">Rows that cannot become a member as they are typed.</param>
    /// <param name="Ignored">Totals, headings, notes and blank rows between the header and the last filled row.</param>
    /// <param name="Errors">Wrong cells.</param>
    /// <param name="Notices">Cells read in a way a person should know.</param>
    /// <param name="NotRead">Sheets with content that were not read.</param>
    /// <param name="Questions">Columns without an answer to which nothing is imported.</param>
    private sealed record ImportAnswer(
        int Rows,
        int New,
        int Changed,
        int Unchanged,
        IReadOnlyList<DuplicateAnswer> Duplicates,
        int NotImported,
        int Ignored,
        IReadOnlyList<CellAnswer> Errors,
        IReadOnlyList<CellAnswer> Notices,
        IReadOnlyList<string> NotRead,
        IReadOnlyList<QuestionAnswer> Questions
    );

    /// <param name="Column">Its letter.</param>
    /// <param name="Header">What stands above it.</param>
    /// <param name="Candidates">What it probably is, as <c>--map</c> takes it.</param>
    /// <param name="Reason">Why it is asked.</param>
    private sealed record QuestionAnswer(string Column, string Header, IReadOnlyList<string> Candidates, string Reason);

    /// <param name="Row">In the file.</param>
    /// <param name="Of">Row in the file, or the number of a member.</param>
    /// <param name="Reason">What they share.</param>
    private sealed record DuplicateAnswer(int Row, object Of, string Reason);

    /// <param name="Row">In the file.</param>
    /// <param name="Column">Its letter.</param>
    /// <param name="Header">What stands above it.</param>
    /// <param name="Value">What the cell says.</param>
    /// <param name="Reason">What is wrong with it.</param>
    /// <param name="Imported">Whether the row is imported, without this value.</param>
    private sealed record CellAnswer(int Row, string Column, string Header, string Value, string Reason, bool Imported);
}
