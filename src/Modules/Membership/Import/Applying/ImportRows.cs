using System.Globalization;
using Association.Membership.Contracts;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Preview;
using Association.Membership.Members.Model;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Import.Applying;

/// <summary>A change as it is kept and shown: words and numbers as a person reads them.</summary>
internal sealed record RecordedChange(string Field, string Detail, string? Old, string? New);

/// <summary>The rows that an import writes, in the shape of their tables.</summary>
internal static class ImportRows
{
    private const int LongestName = 200;

    public static object Member(PlannedRow row) =>
        new
        {
            row.Target!.Id,
            row.Target.Number,
            Kind = EnumText.Of(row.Target.Kind),
            row.Target.Name,
            row.Target.Category,
            row.Target.Street,
            row.Target.PostalCode,
            row.Target.Town,
            row.Target.Country,
            row.Target.JoinedOn,
            row.Target.LeftOn,
            row.Target.NoticeReceivedOn,
            row.Target.Language,
            row.Target.Email,
            row.Target.Phone,
            row.Target.NoPost,
            row.Target.Iban,
            row.Target.MandateReference,
            row.Target.MandateSignedOn,
            PaymentRoute = EnumText.Of(row.Target.Route),
            row.Target.BuyerReference,
            row.Target.Remark,
            IsNew = row.Known is null,
        };

    public static IEnumerable<object> Inputs(PlannedRow row, string fileName) =>
        row.Target!.Measures.Except(row.Known?.Measures ?? [])
            .Select(m => new
            {
                Id = EntityIds.New<InputValueId>(),
                MemberId = row.Target.Id,
                m.Measure,
                m.Value,
                m.AsOf,
                SourceNote = StoredText
                    .Of<ImportTexts>(
                        "Source.Row",
                        StoredText.Value(fileName.Length <= LongestName ? fileName : fileName[..LongestName]),
                        row.Row.ToString(CultureInfo.InvariantCulture)
                    )
                    .ToString(),
            });

    public static IEnumerable<object> Dues(PlannedRow row) =>
        row.Target!.PriorDues.Except(row.Known?.PriorDues ?? [])
            .Select(d => new
            {
                MemberId = row.Target.Id,
                d.Year,
                Amount = d.Amount.Amount,
            });

    /// <summary>The persons that the row names and that do not hold their function yet.</summary>
    public static IEnumerable<(FunctionKind Function, string Name, FunctionKind? Second, string Title, bool IsMain)> Persons(PlannedRow row)
    {
        var (listed, known) = (row.Listed, row.Known);
        if (listed.Contact is { } contact && known?.Holder(FunctionKind.Contact)?.Name != contact.Name)
            yield return (FunctionKind.Contact, contact.Name, contact.Function, contact.Title, true);
        if (listed.Deputy is { } deputy && known?.Holder(FunctionKind.Deputy)?.Name != deputy)
            yield return (FunctionKind.Deputy, deputy, null, "", false);
    }

    /// <summary>What is left to clarify.</summary>
    public static IEnumerable<Clarifying> Clarifications(
        PlannedRow row,
        IReadOnlyDictionary<int, MemberId> memberOfRow,
        IReadOnlyDictionary<string, MemberId> memberOfNumber
    )
    {
        var member = row.Target?.Id;
        foreach (var task in row.Tasks)
            yield return Clarifying.Of(member, task.Kind, Stored(task.Text), task.Text.Say(ReasonTexts.Records), task.Value, row.Row);
        if (row.DuplicateOf is { } hit)
        {
            MemberId? twin = hit.Entry.Of switch
            {
                int first when memberOfRow.TryGetValue(first, out var id) => id,
                string number when memberOfNumber.TryGetValue(number, out var id) => id,
                _ => null,
            };
            var who = new Reading.Reason(row.Listed.Number is null ? "TaskDuplicate" : "TaskDuplicateNumber", row.Listed.Name, row.Listed.Number ?? "");
            yield return Clarifying.Of(
                twin,
                ClarificationKind.Duplicate,
                StoredText.Several(Stored(who), StoredText.OneSentence(hit.Reasons.Select(Stored))),
                $"{who.Say(ReasonTexts.Records)} {hit.Reasons.Say(ReasonTexts.Records)}",
                row.Listed.Number ?? "",
                row.Row
            );
            yield break;
        }
        foreach (var finding in row.Findings.Where(f => f.Severity != Severity.Notice))
        {
            var (text, said) = (Stored(finding.Reason), finding.Reason.Say(ReasonTexts.Records));
            if (row.Outcome == Outcome.Refused)
            {
                var who = row.Listed.Name.Length > 0 ? row.Listed.Name : row.Listed.Number ?? "?";
                (text, said) = (Stored(new Reading.Reason("TaskRefused", who, text)), new Reading.Reason("TaskRefused", who, said).Say(ReasonTexts.Records));
            }
            var value = finding.Value.Length <= 500 ? finding.Value : finding.Value[..499] + "…";
            yield return Clarifying.Of(member, KindOf(finding.Field), text, said, value, row.Row);
        }
    }

    // As key and values: who reads it later may speak another language than who imported.
    private static StoredText Stored(Reading.Reason reason) =>
        StoredText.Of<ImportTexts>("Reason." + reason.Key, [.. reason.Args.Select(a => StoredText.Value(a is Reading.Reason inner ? Stored(inner) : a))]);

    public static IEnumerable<RecordedChange> Changes(PlannedRow row) =>
        row.Changes.Select(c => new RecordedChange(c.Field.ToString(), c.Detail, Words(c.Old), Words(c.New)));

    private static string? Words(object? value) =>
        value switch
        {
            null => null,
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            PaymentRoute route => EnumText.Of(route),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };

    private static ClarificationKind KindOf(MemberField field) =>
        field switch
        {
            MemberField.Iban => ClarificationKind.Iban,
            MemberField.MandateReference or MemberField.MandateSignedOn => ClarificationKind.Mandate,
            MemberField.Email => ClarificationKind.Email,
            MemberField.BuyerReference => ClarificationKind.BuyerReference,
            MemberField.Street or MemberField.PostalCode or MemberField.Town or MemberField.PostalCodeAndTown or MemberField.Address or MemberField.Country =>
                ClarificationKind.Address,
            MemberField.JoinedOn => ClarificationKind.EntryDate,
            MemberField.LeftOn or MemberField.NoticeReceivedOn => ClarificationKind.ExitDate,
            MemberField.Beds or MemberField.Employees or MemberField.Inhabitants or MemberField.Measure => ClarificationKind.InputValue,
            MemberField.PriorDues => ClarificationKind.PriorDues,
            MemberField.Category => ClarificationKind.Category,
            MemberField.Contact or MemberField.Deputy or MemberField.ContactFunction or MemberField.Phone => ClarificationKind.Contact,
            MemberField.PaymentRoute => ClarificationKind.PaymentRoute,
            _ => ClarificationKind.Remark,
        };
}

/// <summary>Something left to clarify.</summary>
/// <param name="Text">What is unclear, a <see cref="StoredText"/>.</param>
/// <param name="Said">The same in German, as earlier releases kept it.</param>
internal sealed record Clarifying(MemberId? Member, ClarificationKind Kind, string Text, string Said, string Value, int Row)
{
    private const int Longest = 2000; // of the column

    public static Clarifying Of(MemberId? member, ClarificationKind kind, StoredText what, string said, string value, int row) =>
        new(member, kind, what.ToString() is { Length: <= Longest } text ? text : said, said, value, row);
}
