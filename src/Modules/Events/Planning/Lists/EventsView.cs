using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Data.Lists;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Lists;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Lists;

/// <summary>What the list can show of an event.</summary>
internal enum EventColumn
{
    Number,
    Title,
    Kind,
    Starts,
    Place,
    Seats,
    Stage,
}

/// <summary>The list of events.</summary>
internal sealed class EventsView(IMessageBus bus, IStringLocalizer<EventTexts> texts) : FilteredList<EventFilter, EventColumn, ListedEvent>
{
    private static readonly SortKey Number = new("x.number", "int");

    /// <summary>The usual one is the latest first.</summary>
    public static readonly ListOrders EventOrders = new(
        "-starts",
        new Dictionary<string, IReadOnlyList<SortKey>>
        {
            ["starts"] = [new("x.starts::text", "text"), Number], // as ISO 8601, which orders as time does
            ["number"] = [Number],
            ["title"] = [new("x.titlede collate \"de-DE-x-icu\"", "text"), Number],
        }
    );

    public override string Name => "events.events";

    public override string Title => texts["Events.Title"];

    public override string Path => EventsPages.Events;

    public override string Permission => PlanningFeature.Read;

    public override ListOrders Orders => EventOrders;

    public override ListFields<EventFilter> Fields { get; } =
        new ListFields<EventFilter>(new EventFilter())
            .Text("q", f => f.Search, (f, text) => f with { Search = text }, text => texts["Chip.Search", text])
            .Choice("stage", f => f.Stage, (f, stage) => f with { Stage = stage }, _ => null)
            .Choice("kind", f => f.Kind, (f, kind) => f with { Kind = kind }, kind => texts["Chip.Kind", texts["Kind." + kind]])
            .Whole("year", f => f.Year, (f, year) => f with { Year = year }, year => texts["Chip.Year", year], least: 1900)
            .Ticked("number", (f, numbers) => f with { Numbers = numbers });

    public override ListColumns<EventColumn, ListedEvent> Columns { get; } =
        new ListColumns<EventColumn, ListedEvent>(EventColumn.Title, Enum.GetValues<EventColumn>())
            .Text(
                EventColumn.Number,
                texts["Column.Number"],
                e => e.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
                "number",
                numeric: true
            )
            .Text(EventColumn.Title, texts["Column.Title"], e => e.Title, "title")
            .Word(EventColumn.Kind, texts["Field.Kind"], e => (EventKind?)e.Kind, kind => texts["Kind." + kind])
            .Date(EventColumn.Starts, texts["Column.Starts"], e => e.Day, "starts")
            .Text(EventColumn.Place, texts["Column.Place"], e => e.Place)
            .WholeNumber(EventColumn.Seats, texts["Column.Seats"], e => e.Seats, n => Platform.Web.Localisation.Formats.Number(n))
            .Word(EventColumn.Stage, texts["Column.Stage"], e => (ShownStage?)e.Stage, stage => texts["Stage." + stage]);

    protected override async Task<int> CountAsync(EventFilter filter, CancellationToken ct)
    {
        var found = await bus.QueryAsync(new ListEvents(filter, Size: 1), ct);
        return filter.Stage is { } stage ? found.Stages.GetValueOrDefault(stage) : found.Count;
    }
}

internal static class EventDownloads
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(EventsPages.Export, List);

    [RequirePermission(PlanningFeature.Read)]
    private static IResult List(HttpRequest request, EventsView list, IMessageBus bus, IStringLocalizer<EventTexts> texts, CancellationToken ct) =>
        Results.Stream(
            output => bus.QueryAsync(new ExportEvents(list.Read(request.Query), output), ct),
            SpreadsheetWriter.MediaType,
            texts["Events.File"] + ".xlsx"
        );
}
