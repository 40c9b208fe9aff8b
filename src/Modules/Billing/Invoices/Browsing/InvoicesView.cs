using Association.Billing.Contracts;
using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Lists;
using Association.Platform.Messaging;
using Association.Platform.Web.Lists;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Browsing;

/// <summary>What the list can show of an invoice.</summary>
internal enum InvoiceColumn
{
    Number,
    MemberNumber,
    Member,
    DuesYear,
    IssuedOn,
    DueOn,
    Amount,
    Open,
    State,
    Route,
}

/// <summary>The list of invoices.</summary>
internal sealed class InvoicesView(IMessageBus bus, IStringLocalizer<BillingTexts> texts, IStringLocalizer<ListingTexts> words)
    : FilteredList<InvoiceFilter, InvoiceColumn, InvoiceLine>
{
    private static readonly SortKey[] Number = [new("i.series", "text"), new("i.year", "int"), new("i.sequence", "int")];

    /// <summary>The usual one is the newest first.</summary>
    public static readonly ListOrders InvoiceOrders = new(
        "-issued",
        new Dictionary<string, IReadOnlyList<SortKey>>
        {
            ["number"] = Number,
            ["name"] = [new("a.name collate \"de-DE-x-icu\"", "text"), .. Number],
            ["due"] = [new("i.due_on", "date"), .. Number],
            ["issued"] = [new("i.issued_on", "date"), .. Number],
            ["amount"] = [new("i.amount", "numeric"), .. Number],
        }
    );

    public override string Name => "billing.invoices";

    public override string Title => texts["Invoices.Title"];

    public override string Path => BillingPages.Invoices;

    public override string Permission => BillingModule.ReadInvoices;

    public override ListOrders Orders => InvoiceOrders;

    public override ListFields<InvoiceFilter> Fields { get; } =
        new ListFields<InvoiceFilter>(new InvoiceFilter())
            .Text("q", f => f.Search, (f, text) => f with { Search = text }, text => words["Chip.Search", text])
            .Choice("state", f => f.State, (f, state) => f with { State = state }, state => texts["State." + state])
            .Choice("route", f => f.Route, (f, route) => f with { Route = route }, route => texts["Route." + route])
            .Whole("year", f => f.DuesYear, (f, year) => f with { DuesYear = year }, year => texts["Invoice.DuesYear", year])
            .Id("run", f => f.Run, (f, run) => f with { Run = run }, words["Chip.Run"])
            .Amount("amountfrom", f => f.AmountFrom, (f, least) => f with { AmountFrom = least }, least => words["Chip.AmountFrom", least])
            .Amount("amountto", f => f.AmountTo, (f, most) => f with { AmountTo = most }, most => words["Chip.AmountTo", most])
            .Day("duefrom", f => f.DueFrom, (f, first) => f with { DueFrom = first }, first => words["Chip.DueFrom", first])
            .Day("dueto", f => f.DueTo, (f, last) => f with { DueTo = last }, last => words["Chip.DueTo", last])
            .Whole("days", f => f.OverdueDays, (f, days) => f with { OverdueDays = days }, days => words["Chip.Days", new Count(days)])
            .Ticked("number", (f, numbers) => f with { Numbers = numbers });

    public override ListColumns<InvoiceColumn, InvoiceLine> Columns { get; } =
        new ListColumns<InvoiceColumn, InvoiceLine>(InvoiceColumn.Number, [.. Enum.GetValues<InvoiceColumn>().Except([InvoiceColumn.Route])])
            .Text(InvoiceColumn.Number, texts["Column.Number"], l => l.Number, "number")
            .Text(InvoiceColumn.MemberNumber, texts["Column.AccountNumber"], l => l.MemberNumber, numeric: true)
            .Text(InvoiceColumn.Member, texts["Column.Member"], l => l.MemberName, "name")
            .WholeNumber(InvoiceColumn.DuesYear, texts["Column.DuesYear"], l => l.DuesYear, year => $"{year}")
            .Date(InvoiceColumn.IssuedOn, texts["Column.IssuedOn"], l => l.IssuedOn, "issued")
            .Date(InvoiceColumn.DueOn, texts["Column.DueOn"], l => l.PayOn, "due")
            .Money(InvoiceColumn.Amount, texts["Column.Amount"], l => l.Amount, "amount")
            .Money(InvoiceColumn.Open, texts["Column.Open"], l => l.Open > Money.Zero ? l.Open : null)
            .Word(InvoiceColumn.State, texts["Column.State"], l => (InvoiceState?)l.State, state => texts["State." + state])
            .Word(
                InvoiceColumn.Route,
                texts["Filter.Route"],
                l => l.State == InvoiceState.Cancellation ? (PaymentRoute?)null : l.Route,
                route => texts["Route." + route]
            );

    protected override async Task<int> CountAsync(InvoiceFilter filter, CancellationToken ct) =>
        (await bus.QueryAsync(new ListInvoices(filter, Size: 1), ct)).Total;
}
