using Association.Billing.Contracts;
using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Lists;
using Association.Platform.Messaging;
using Association.Platform.Web.Lists;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Billing.OpenItems;

/// <summary>What the list can show of an open item.</summary>
internal enum OpenItemColumn
{
    MemberNumber,
    Member,
    Invoice,
    DueOn,
    Days,
    Amount,
    Open,
    Route,
    Age,
    Level,
    Stop,
    Iban,
    Reference,
}

/// <summary>The list of open items.</summary>
internal sealed class OpenItemsView(IMessageBus bus, IStringLocalizer<BillingTexts> texts, IStringLocalizer<ListingTexts> words)
    : FilteredList<OpenItemFilter, OpenItemColumn, OpenItem>
{
    private static readonly SortKey[] Number = [new("x.series", "text"), new("x.year", "int"), new("x.sequence", "int")];

    /// <summary>The usual one is the longest due first.</summary>
    public static readonly ListOrders OpenItemOrders = new(
        "due",
        new Dictionary<string, IReadOnlyList<SortKey>>
        {
            ["due"] = [new("x.due", "date"), .. Number],
            ["name"] = [new("x.name collate \"de-DE-x-icu\"", "text"), .. Number],
            ["amount"] = [new("x.amount", "numeric"), .. Number],
            ["open"] = [new("x.open", "numeric"), .. Number],
            ["number"] = Number,
        }
    );

    public override string Name => "billing.open-items";

    public override string Title => texts["OpenItems.Title"];

    public override string Path => BillingPages.OpenItems;

    public override string Permission => BillingModule.ReadLedger;

    public override ListOrders Orders => OpenItemOrders;

    public override ListFields<OpenItemFilter> Fields { get; } =
        new ListFields<OpenItemFilter>(new OpenItemFilter())
            .Text("q", f => f.Search, (f, text) => f with { Search = text }, text => words["Chip.Search", text])
            .Choice("age", f => f.Age, (f, age) => f with { Age = age }, age => null)
            .Choice("route", f => f.Route, (f, route) => f with { Route = route }, route => texts["Route." + route])
            .Amount("openfrom", f => f.OpenFrom, (f, least) => f with { OpenFrom = least }, least => words["Chip.OpenFrom", least])
            .Amount("opento", f => f.OpenTo, (f, most) => f with { OpenTo = most }, most => words["Chip.OpenTo", most])
            .Whole("days", f => f.Days, (f, days) => f with { Days = days }, days => words["Chip.Days", new Count(days)])
            .Choice("level", f => f.Level, (f, level) => f with { Level = level }, level => texts["Level." + level])
            .Flag("stopped", f => f.Stopped, f => f with { Stopped = true }, texts["Filter.Stopped"])
            .Ticked("number", (f, numbers) => f with { Numbers = numbers });

    public override ListColumns<OpenItemColumn, OpenItem> Columns { get; } =
        new ListColumns<OpenItemColumn, OpenItem>(
            OpenItemColumn.Member,
            [.. Enum.GetValues<OpenItemColumn>().Except([OpenItemColumn.Amount, OpenItemColumn.Age, OpenItemColumn.Iban, OpenItemColumn.Reference])]
        )
            .Text(OpenItemColumn.MemberNumber, texts["Column.AccountNumber"], i => i.Member, numeric: true)
            .Text(OpenItemColumn.Member, texts["Column.Member"], i => i.Name, "name")
            .Text(OpenItemColumn.Invoice, texts["Column.Invoice"], i => i.Invoice, "number")
            .Date(OpenItemColumn.DueOn, texts["Column.DueOn"], i => i.Due, "due")
            .WholeNumber(OpenItemColumn.Days, texts["Column.Days"], i => i.Days, days => Formats.Number(days))
            .Money(OpenItemColumn.Amount, texts["Column.Amount"], i => i.Amount, "amount")
            .Money(OpenItemColumn.Open, texts["Column.Open"], i => i.Open, "open")
            .Word(OpenItemColumn.Route, texts["Filter.Route"], i => (PaymentRoute?)i.Route, route => texts["Route." + route])
            .Word(OpenItemColumn.Age, texts["OpenItems.Ages"], i => (OpenItemAge?)i.Age, age => texts["Age." + age])
            .Word(OpenItemColumn.Level, texts["Column.Level"], i => i.Level, level => texts["Level." + level])
            .Text(OpenItemColumn.Stop, texts["Column.Stop"], i => i.Stop is { } stop ? texts["Stop." + stop] : "")
            .Text(OpenItemColumn.Iban, "IBAN", i => Formats.Iban(i.Iban))
            .Text(OpenItemColumn.Reference, texts["Column.Reference"], i => i.Reference);

    protected override async Task<int> CountAsync(OpenItemFilter filter, CancellationToken ct)
    {
        var found = await bus.QueryAsync(new ListOpenItems(filter, Size: 1), ct);
        return filter.Age is { } age ? found.Ages.Single(a => a.Age == age).Count : found.Count;
    }
}
