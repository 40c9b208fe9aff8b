using Association.Membership.Contracts;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Preview;
using Association.Platform.Data.Lists;
using Association.Platform.Messaging;
using Association.Platform.Web.Lists;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Membership.SelfDeclarations.Desk;

/// <summary>What the list can show of a request.</summary>
internal enum DeclarationColumn
{
    MemberNumber,
    Member,
    State,
    Measure,
    LastValue,
    Value,
    AnsweredBy,
    AnsweredOn,
    Phone,
    Contact,
    Email,
    SentOn,
    Reminders,
    Way,
    Obstacle,
}

/// <summary>The list of a round's requests; printed, it is the list for calling who is silent.</summary>
internal sealed class DeclarationsView(IMessageBus bus, IStringLocalizer<DeclarationTexts> texts)
    : FilteredList<DeclarationFilter, DeclarationColumn, DeclarationRow>
{
    private static readonly SortKey[] ByName = [new("d.name collate \"de-DE-x-icu\"", "text"), new("d.id", "uuid")];

    /// <summary>The usual one is by name.</summary>
    public static readonly ListOrders DeclarationOrders = new(
        "name",
        new Dictionary<string, IReadOnlyList<SortKey>>
        {
            ["name"] = ByName,
            ["number"] = [new("d.number", "text"), new("d.id", "uuid")],
            ["answered"] = [new("coalesce(d.answered_at::date, 'infinity')", "date"), .. ByName],
            ["sent"] = [new("coalesce(d.sent_at::date, 'infinity')", "date"), .. ByName],
        }
    );

    public override string Name => "membership.declarations";

    public override string Title => texts["Title"];

    public override string Path => MembershipPages.Declarations;

    public override string Permission => SelfDeclarationsFeature.Read;

    public override ListOrders Orders => DeclarationOrders;

    public override ListFields<DeclarationFilter> Fields { get; } =
        new ListFields<DeclarationFilter>(new DeclarationFilter())
            .Whole("year", f => f.Year, (f, year) => f with { Year = year }, year => texts["Chip.Year", year], least: 2000)
            .Text("q", f => f.Search, (f, text) => f with { Search = text }, text => texts["Chip.Search", text])
            .Choice("state", f => f.State, (f, state) => f with { State = state }, _ => null)
            .Flag("silent", f => f.Silent, f => f with { Silent = true }, texts["Chip.Silent"])
            .Ticked("number", (f, numbers) => f with { Numbers = numbers });

    public override ListColumns<DeclarationColumn, DeclarationRow> Columns { get; } =
        new ListColumns<DeclarationColumn, DeclarationRow>(
            DeclarationColumn.Member,
            [
                DeclarationColumn.MemberNumber,
                DeclarationColumn.Member,
                DeclarationColumn.State,
                DeclarationColumn.LastValue,
                DeclarationColumn.Value,
                DeclarationColumn.AnsweredOn,
                DeclarationColumn.Phone,
                DeclarationColumn.SentOn,
            ]
        )
            .Text(DeclarationColumn.MemberNumber, texts["Column.Number"], r => r.Number, "number", numeric: true)
            .Text(DeclarationColumn.Member, texts["Column.Member"], r => r.Name, "name")
            .Word(DeclarationColumn.State, texts["Column.State"], r => (DeclarationState?)r.State, state => texts["State." + state])
            .Text(DeclarationColumn.Measure, texts["Column.Measure"], r => StepTexts.Measure(r.Measure, DuesReading.Language))
            .WholeNumber(DeclarationColumn.LastValue, texts["Column.LastValue"], r => r.LastValue, n => Formats.Number(n))
            .WholeNumber(DeclarationColumn.Value, texts["Column.Value"], r => r.Value, n => Formats.Number(n))
            .Text(DeclarationColumn.AnsweredBy, texts["Column.AnsweredBy"], r => r.AnsweredBy)
            .Date(DeclarationColumn.AnsweredOn, texts["Column.AnsweredOn"], r => r.AnsweredOn, "answered")
            .Text(DeclarationColumn.Phone, texts["Column.Phone"], r => r.Phone)
            .Text(DeclarationColumn.Contact, texts["Column.Contact"], r => r.Contact)
            .Text(DeclarationColumn.Email, texts["Column.Email"], r => r.Email)
            .Date(DeclarationColumn.SentOn, texts["Column.SentOn"], r => r.SentOn, "sent")
            .WholeNumber(DeclarationColumn.Reminders, texts["Column.Reminders"], r => r.LastNumber, n => Formats.Number(n))
            .Word(DeclarationColumn.Way, texts["Column.Way"], r => (DeclarationWay?)r.Way, way => texts["Way." + way])
            .Word(DeclarationColumn.Obstacle, texts["Column.Obstacle"], r => r.Obstacle, why => texts["Obstacle." + why]);

    protected override async Task<int> CountAsync(DeclarationFilter filter, CancellationToken ct)
    {
        var found = await bus.QueryAsync(new ListDeclarations(filter, Size: 1), ct);
        return filter.State is { } state ? found.With(state) : found.Count;
    }
}
