using Association.Membership.Members.List.Filtering;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.List.Rows;

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
        MemberColumn.Number,
        MemberColumn.Name,
        MemberColumn.Category,
        MemberColumn.Town,
        MemberColumn.Joined,
        MemberColumn.Route,
        MemberColumn.Dues,
        MemberColumn.Status,
    ];

    public static string HeaderOf(this IStringLocalizer<MembersTexts> texts, MemberColumn column, DateOnly today) =>
        column == MemberColumn.Dues ? texts["Column.Dues", today.Year] : texts[$"Column.{column}"];

    /// <summary>The order that a click on the heading asks for; null for a column that does not sort.</summary>
    public static string? SortOf(MemberColumn column) => Enum.TryParse<MemberSort>(column.ToString(), out var sort) ? MemberListAddress.KeyOf(sort) : null;

    public static bool IsNumeric(MemberColumn column) =>
        column is MemberColumn.Number or MemberColumn.Joined or MemberColumn.Dues or MemberColumn.Left or MemberColumn.Value or MemberColumn.PostalCode;
}

/// <summary>Where a membership stands, with the day that matters: „bis 31.12.2026“.</summary>
internal static class StatusWords
{
    public static string Of(DateOnly? joinedOn, DateOnly? leftOn, DateOnly today, IStringLocalizer<MembersTexts> texts) =>
        MemberStatuses.Of(joinedOn, leftOn, today) switch
        {
            MemberStatus.Active => texts["Status.Active"],
            MemberStatus.Planned => texts["Status.From", Platform.Web.Localisation.Formats.Of(joinedOn)],
            MemberStatus.Leaving => texts["Status.Until", Platform.Web.Localisation.Formats.Of(leftOn)],
            _ => texts["Status.LeftOn", Platform.Web.Localisation.Formats.Of(leftOn)],
        };
}
