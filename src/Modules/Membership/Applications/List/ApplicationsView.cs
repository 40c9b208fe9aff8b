using Association.Membership.Applications.Model;
using Association.Membership.Contracts;
using Association.Platform.Data.Lists;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Lists;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Applications.List;

/// <summary>What the list can show of an application.</summary>
internal enum ApplicationColumn
{
    Number,
    Name,
    Category,
    Town,
    ReceivedOn,
    State,
    Member,
}

/// <summary>The list of applications.</summary>
internal sealed class ApplicationsView(IMessageBus bus, IStringLocalizer<ApplicationTexts> texts)
    : FilteredList<ApplicationFilter, ApplicationColumn, ListedApplication>
{
    private static readonly SortKey Number = new("x.number", "int");

    /// <summary>The usual one is the newest first.</summary>
    public static readonly ListOrders ApplicationOrders = new(
        "-number",
        new Dictionary<string, IReadOnlyList<SortKey>>
        {
            ["number"] = [Number],
            ["name"] = [new("x.name collate \"de-DE-x-icu\"", "text"), Number],
            ["received"] = [Number], // numbers are drawn as applications arrive
        }
    );

    public override string Name => "membership.applications";

    public override string Title => texts["Applications.Title"];

    public override string Path => MembershipPages.Applications;

    public override string Permission => ApplicationsFeature.Read;

    public override ListOrders Orders => ApplicationOrders;

    public override ListFields<ApplicationFilter> Fields { get; } =
        new ListFields<ApplicationFilter>(new ApplicationFilter())
            .Text("q", f => f.Search, (f, text) => f with { Search = text }, text => texts["Chip.Search", text])
            .Choice("state", f => f.State, (f, state) => f with { State = state }, state => null)
            .Text("category", f => f.Category, (f, code) => f with { Category = code }, code => texts["Chip.Category", code])
            .Ticked("number", (f, numbers) => f with { Numbers = numbers });

    public override ListColumns<ApplicationColumn, ListedApplication> Columns { get; } =
        new ListColumns<ApplicationColumn, ListedApplication>(ApplicationColumn.Name, Enum.GetValues<ApplicationColumn>())
            .Text(
                ApplicationColumn.Number,
                texts["Column.Number"],
                a => a.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
                "number",
                numeric: true
            )
            .Text(ApplicationColumn.Name, texts["Column.Name"], a => a.Name, "name")
            .Text(ApplicationColumn.Category, texts["Field.Category"], a => a.Category)
            .Text(ApplicationColumn.Town, texts["Field.Town"], a => a.Town)
            .Date(ApplicationColumn.ReceivedOn, texts["Column.ReceivedOn"], a => a.ReceivedOn, "received")
            .Word(ApplicationColumn.State, texts["Column.State"], a => (ApplicationState?)a.State, state => texts["State." + state])
            .Text(ApplicationColumn.Member, texts["Column.Member"], a => a.Member, numeric: true);

    protected override async Task<int> CountAsync(ApplicationFilter filter, CancellationToken ct)
    {
        var found = await bus.QueryAsync(new ListApplications(filter, Size: 1), ct);
        return filter.State is { } state ? found.States.GetValueOrDefault(state) : found.Count;
    }
}

internal static class ApplicationDownloads
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(MembershipPages.Applications + "/list.xlsx", List);

    [RequirePermission(ApplicationsFeature.Read)]
    private static IResult List(HttpRequest request, ApplicationsView list, IMessageBus bus, IStringLocalizer<ApplicationTexts> texts, CancellationToken ct) =>
        Results.Stream(
            output => bus.QueryAsync(new ExportApplications(list.Read(request.Query), output), ct),
            SpreadsheetWriter.MediaType,
            texts["Applications.File"] + ".xlsx"
        );
}
