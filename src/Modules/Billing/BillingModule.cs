using Association.Billing.Accounts;
using Association.Billing.Accounts.Opening.Pages;
using Association.Billing.Accounts.Statement;
using Association.Billing.Contracts;
using Association.Billing.Data;
using Association.Billing.Deliveries;
using Association.Billing.Deliveries.Letters;
using Association.Billing.Dunning;
using Association.Billing.Dunning.Letters;
using Association.Billing.Dunning.Runs;
using Association.Billing.Dunning.Wordings;
using Association.Billing.Invoices.Browsing;
using Association.Billing.Invoices.Correcting;
using Association.Billing.Invoices.Documents;
using Association.Billing.Invoices.Services;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Shown;
using Association.Billing.OpenItems;
using Association.Billing.Printing;
using Association.Billing.Sending;
using Association.Platform.Data;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Billing;

/// <summary>Accounts, invoices and cancellations, the receivables ledger.</summary>
public sealed class BillingModule : IModule
{
    internal const string ReadInvoices = "billing.invoices.read";
    internal const string CancelInvoices = "billing.invoices.cancel";
    internal const string ApproveCancellation = "billing.cancellations.approve";
    internal const string ReadLedger = "billing.ledger.read";
    internal const string RecordPayments = "billing.payments.record";
    internal const string ApproveRefunds = "billing.refunds.approve";
    internal const string TakeOverOpening = "billing.opening.take-over";
    internal const string RequestRelief = "billing.relief.request";
    internal const string ApproveRelief = "billing.relief.approve";
    internal const string Print = "billing.documents.print";
    internal const string Send = "billing.documents.send";
    internal const string PrepareReminders = "billing.reminders.prepare";
    internal const string ApproveReminders = "billing.reminders.approve";
    internal const string StopReminders = "billing.reminders.stop";
    internal const string DecideCases = "billing.cases.decide";

    /// <inheritdoc/>
    public string Name => BillingDb.SchemaName;

    /// <inheritdoc/>
    public IReadOnlyList<MenuEntry> Menu =>
        [
            new MenuEntry(
                "Menu.Finance",
                BillingPages.Invoices,
                "euro",
                ReadInvoices,
                200,
                typeof(BillingTexts),
                new MenuEntry("Menu.Invoices", BillingPages.Invoices, "", ReadInvoices, 201, typeof(BillingTexts)),
                new MenuEntry("Menu.OpenItems", BillingPages.OpenItems, "", ReadLedger, 202, typeof(BillingTexts)),
                new MenuEntry("Menu.Reminders", BillingPages.Reminders, "", ReadLedger, 203, typeof(DunningTexts)),
                new MenuEntry("Menu.Ledger", BillingPages.Ledger, "", ReadLedger, 204, typeof(BillingTexts)),
                new MenuEntry("Menu.Sending", BillingPages.Sending, "", Send, 205, typeof(SendingTexts)),
                new MenuEntry("Menu.Printing", PrintingUrl.Start, "", Print, 206, typeof(PrintingTexts))
            ),
        ];

    /// <inheritdoc/>
    public IReadOnlyList<Permission> Permissions =>
        [
            new(ReadInvoices, PermissionKind.Read, Roles.Office, Roles.Board),
            new(CancelInvoices, PermissionKind.Act, Roles.Office),
            new(ApproveCancellation, PermissionKind.Approve, Roles.Office, Roles.Board),
            new(ReadLedger, PermissionKind.Read, Roles.Office, Roles.Board),
            new(RecordPayments, PermissionKind.Act, Roles.Office),
            new(ApproveRefunds, PermissionKind.Approve, Roles.Office, Roles.Board),
            new(TakeOverOpening, PermissionKind.Act, Roles.Office),
            new(RequestRelief, PermissionKind.Act, Roles.Office),
            new(ApproveRelief, PermissionKind.Approve, Roles.Office, Roles.Board),
            new(Print, PermissionKind.Act, Roles.Office),
            new(Send, PermissionKind.Act, Roles.Office),
            new(PrepareReminders, PermissionKind.Act, Roles.Office),
            new(ApproveReminders, PermissionKind.Approve, Roles.Office, Roles.Board),
            new(StopReminders, PermissionKind.Act, Roles.Office),
            new(DecideCases, PermissionKind.Act, Roles.Office, Roles.Board),
        ];

    /// <inheritdoc/>
    public IReadOnlyList<JobDeclaration> Jobs =>
        [new("billing.remind-members", "0 30 6 ? * 1-5", LateRun.Once, "Job.Remind", typeof(DunningTexts), run => new RemindMembers(run.Id))];

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services
            .AddModuleDb<BillingDb>()
            .AddScoped<IBilledMembers, BilledMembers>()
            .AddScoped<IInvoicedCharges, InvoicedCharges>()
            .AddScoped<IDeliveryChoices, DeliveryChoices>()
            .AddScoped<ServiceInvoices>()
            .AddScoped<IInvoicedBills, InvoicedBills>()
            .AddScoped<HandOver>()
            .AddScoped<SendingStart>()
            .AddScoped<ReminderWriting>()
            .AddScoped<SinceShown>()
            .AddScoped<DoneAlone>()
            .AddScoped<InvoicesView>()
            .AddScoped<OpenItemsView>();

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        InvoiceDownloads.Map(routes);
        OpenItemDownloads.Map(routes);
        JournalDownload.Map(routes);
        StatementDownloads.Map(routes);
        LetterDownload.Map(routes);
        OpeningDownloads.Map(routes);
        PrintingDownloads.Map(routes);
        TextPreviewDownload.Map(routes);
    }
}
