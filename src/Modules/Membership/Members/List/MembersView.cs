using Association.Membership.Contracts;
using Association.Membership.Members.List.Filtering;
using Association.Membership.Members.List.Rows;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Lists;
using Association.Platform.Messaging;
using Association.Platform.Web.Lists;
using Microsoft.AspNetCore.Http;
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

/// <summary>The member list.</summary>
internal sealed class MembersView(IMessageBus bus, TimeProvider clock, IStringLocalizer<MembersTexts> texts, IStringLocalizer<MemberListTexts> words)
    : FilteredList<MemberFilter, MemberColumn, MemberRow>
{
    public const string ListName = "membership.members";

    public static readonly IReadOnlyList<MemberColumn> Standard = Enum.GetValues<MemberColumn>()[..8];

    private static readonly SortKey Id = new("m.id", "uuid");
    private static readonly SortKey ByName = new("m.name", "text");

    public static readonly ListOrders MemberOrders = new(
        "name",
        new Dictionary<string, IReadOnlyList<SortKey>>
        {
            ["name"] = [ByName, Id],
            ["number"] = [new("m.number", "text"), Id],
            ["category"] = [new("c.position", "smallint"), ByName, Id],
            ["town"] = [new("m.town", "text"), ByName, Id],
            ["joined"] = [new("coalesce(m.joined_on, '-infinity'::date)", "date"), Id],
            ["postalcode"] = [new("m.postal_code", "text"), ByName, Id],
            ["left"] = [new("coalesce(m.left_on, 'infinity'::date)", "date"), Id],
            ["dues"] = [new("coalesce(charged.amount, d.amount, -1)", "numeric"), ByName, Id],
        }
    );

    public override string Name => ListName;

    public override string Title => texts["Members.Title"];

    public override string Path => MembershipPages.Members;

    public override string Permission => MembersFeature.Read;

    public override ListOrders Orders => MemberOrders;

    public override ListFields<MemberFilter> Fields { get; } =
        new ListFields<MemberFilter>(MemberFilter.All)
            .Text("q", f => f.Search, (f, text) => f with { Search = text }, text => texts["Chip.Search", text])
            .Text("category", f => f.Category, (f, code) => f with { Category = code }, code => code)
            .Choice("status", f => f.Status, (f, status) => f with { Status = status }, status => texts[$"Status.{status}"])
            .Text("town", f => f.Town, (f, town) => f with { Town = town }, town => texts["Chip.Town", town])
            .Text("plz", f => f.PostalCode, (f, code) => f with { PostalCode = code }, code => words["Chip.PostalCode", code])
            .Choice("route", f => f.Route, (f, route) => f with { Route = route }, route => texts[$"Route.{route}"])
            .Whole("joined", f => f.JoinedIn, (f, year) => f with { JoinedIn = year }, year => texts["View.Joined", year], least: 1801)
            .Day("since", f => f.JoinedFrom, (f, first) => f with { JoinedFrom = first }, first => words["Chip.JoinedFrom", first])
            .Day("until", f => f.JoinedTo, (f, last) => f with { JoinedTo = last }, last => words["Chip.JoinedTo", last])
            .Whole("leaves", f => f.LeavesIn, (f, year) => f with { LeavesIn = year }, year => texts["View.Leaving", year], least: 1801)
            .Flag("open", f => f.ToClarify, f => f with { ToClarify = true }, texts["View.ToClarify"])
            .Choice("missing", f => f.Missing, (f, missing) => f with { Missing = missing }, missing => words["Chip.Missing", words[$"Missing.{missing}"]])
            .Text("tag", f => f.Tag, (f, tag) => f with { Tag = tag }, tag => words["Chip.Tag", tag])
            .Text("notag", f => f.WithoutTag, (f, tag) => f with { WithoutTag = tag }, tag => words["Chip.WithoutTag", tag])
            .Amount("duesfrom", f => f.DuesFrom, (f, least) => f with { DuesFrom = least }, least => words["Chip.DuesFrom", least], least: 0)
            .Amount("duesto", f => f.DuesTo, (f, most) => f with { DuesTo = most }, most => words["Chip.DuesTo", most], least: 0)
            .Ticked("n", (f, numbers) => f with { Numbers = numbers });

    // The page has marks and links in most cells, and the workbook takes its cells from the database's bytes.
    public override ListColumns<MemberColumn, MemberRow> Columns { get; } =
        Enum.GetValues<MemberColumn>()
            .Aggregate(
                new ListColumns<MemberColumn, MemberRow>(MemberColumn.Name, Standard),
                (columns, column) =>
                    columns.Own(
                        column,
                        column == MemberColumn.Dues ? texts["Column.Dues", clock.Today().Year] : texts[$"Column.{column}"],
                        MemberOrders.Names.SingleOrDefault(name => string.Equals(name, column.ToString(), StringComparison.OrdinalIgnoreCase)),
                        column
                            is MemberColumn.Number
                                or MemberColumn.Joined
                                or MemberColumn.Dues
                                or MemberColumn.Left
                                or MemberColumn.Value
                                or MemberColumn.PostalCode
                    )
            );

    /// <summary>What an address asks for, from its first row.</summary>
    public ListMembers Ask(IQueryCollection query)
    {
        var asked = Read(query);
        return new ListMembers(asked.Filter, asked.Sort, Columns: asked.Columns.Shown);
    }

    protected override async Task<int> CountAsync(MemberFilter filter, CancellationToken ct) => (await bus.QueryAsync(new CountMatches(filter), ct)).Members;
}
