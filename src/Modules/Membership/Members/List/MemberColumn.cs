using Association.Membership.Members.Model;
using Association.Membership.Members.Categories;
using Association.Platform.Documents.Excel;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.List;

/// <summary>What the list can show of a member; the first eight are the usual ones.</summary>
internal enum MemberColumn
{
    Number,
    Name,
    Category,
    Town,
    Joined,
    Route,
    Dues,
    Status,
    PostalCode,
    Street,
    Email,
    Phone,
    Left,
    Recipient,
    Value,
    Tags,
    ToClarify,
}

/// <summary>The columns on the page and in the workbook: the same words, the same order.</summary>
internal static class MemberColumns
{
    public static readonly IReadOnlyList<MemberColumn> Standard =
    [
        MemberColumn.Number, MemberColumn.Name, MemberColumn.Category, MemberColumn.Town, MemberColumn.Joined, MemberColumn.Route, MemberColumn.Dues, MemberColumn.Status,
    ];

    public static string HeaderOf(this IStringLocalizer<MembersTexts> texts, MemberColumn column, DateOnly today) =>
        column == MemberColumn.Dues ? texts["Column.Dues", today.Year] : texts[$"Column.{column}"];

    /// <summary>The order that a click on the heading asks for; null for a column that does not sort.</summary>
    public static string? SortOf(MemberColumn column) => Enum.TryParse<MemberSort>(column.ToString(), out var sort) ? MemberListAddress.KeyOf(sort) : null;

    public static bool IsNumeric(MemberColumn column) => column is MemberColumn.Number or MemberColumn.Joined or MemberColumn.Dues or MemberColumn.Left or MemberColumn.Value or MemberColumn.PostalCode;

    /// <summary>The columns of the workbook.</summary>
    public static SheetColumns<MemberRow> Sheet(IReadOnlyList<MemberColumn> shown, IStringLocalizer<MembersTexts> texts, IReadOnlyList<Category> categories, DateOnly today)
    {
        var names = categories.ToDictionary(c => c.Code, c => categories.NameOf(c.Code), StringComparer.Ordinal);
        var routes = Enum.GetValues<Contracts.PaymentRoute>().ToDictionary(r => r, r => texts[$"Route.{r}"].Value);
        var sheet = new SheetColumns<MemberRow>();
        foreach (var column in shown)
        {
            var header = texts.HeaderOf(column, today);
            sheet = column switch
            {
                MemberColumn.Number => sheet.Text(header, m => m.Number),
                MemberColumn.Name => sheet.Text(header, m => m.Name),
                MemberColumn.Category => sheet.Text(header, m => names.GetValueOrDefault(m.Category, m.Category)),
                MemberColumn.Town => sheet.Text(header, m => m.Town),
                MemberColumn.Joined => sheet.Date(header, m => m.JoinedOn),
                MemberColumn.Route => sheet.Text(header, m => routes[m.Route]),
                MemberColumn.Dues => sheet.Money(header, m => m.Dues),
                MemberColumn.Status => sheet.Text(header, m => StatusWords.Of(m.JoinedOn, m.LeftOn, today, texts)),
                MemberColumn.PostalCode => sheet.Text(header, m => m.PostalCode),
                MemberColumn.Street => sheet.Text(header, m => m.Street),
                MemberColumn.Email => sheet.Text(header, m => m.Email),
                MemberColumn.Phone => sheet.Text(header, m => m.Phone),
                MemberColumn.Left => sheet.Date(header, m => m.LeftOn),
                MemberColumn.Recipient => sheet.Text(header, m => m.Recipient),
                MemberColumn.Value => sheet.WholeNumber(header, m => m.Value),
                MemberColumn.Tags => sheet.Text(header, m => string.Join(", ", m.Tags)),
                MemberColumn.ToClarify => sheet.YesNo(header, m => m.ToClarify),
                _ => throw new ArgumentOutOfRangeException(nameof(shown), column, "No such column."),
            };
        }
        return sheet;
    }
}

/// <summary>Where a membership stands, with the day that matters: „bis 31.12.2026“.</summary>
internal static class StatusWords
{
    public static string Of(DateOnly? joinedOn, DateOnly? leftOn, DateOnly today, IStringLocalizer<MembersTexts> texts) => MemberStatuses.Of(joinedOn, leftOn, today) switch
    {
        MemberStatus.Active => texts["Status.Active"],
        MemberStatus.Planned => texts["Status.From", Platform.Web.Localisation.Formats.Of(joinedOn)],
        MemberStatus.Leaving => texts["Status.Until", Platform.Web.Localisation.Formats.Of(leftOn)],
        _ => texts["Status.LeftOn", Platform.Web.Localisation.Formats.Of(leftOn)],
    };
}
