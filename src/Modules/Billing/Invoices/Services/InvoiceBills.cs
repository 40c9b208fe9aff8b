using Association.Billing.Accounts;
using Association.Billing.Data;
using Association.Billing.Invoices.Correcting;
using Association.Billing.Invoices.Documents;
using Association.Billing.Invoices.Issuing;
using Association.Billing.Receivables;
using Association.Events.Contracts;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Invoices.Services;

/// <summary>Bills become invoices. Delivered again they have their invoices; one that was replaced meanwhile gets none.</summary>
[Parallelism(1)]
[PlainWords(typeof(BillingTexts), "Work.InvoiceBills")]
internal static class InvoiceBillsHandler
{
    public static async Task<OutgoingMessages> HandleAsync(BillsRaised raised, ServiceInvoices invoices, CancellationToken ct)
    {
        var issued = await invoices.IssueAsync(raised.Bills, ct);
        return issued.Count > 0 ? [new RenderInvoices(issued, Mail: true)] : [];
    }
}

/// <summary>A bill was replaced: its invoice is cancelled, and the one in its place issued. Delivered again it finds what it made.</summary>
[PlainWords(typeof(BillingTexts), "Work.ReplaceBill")]
internal static class ReplaceBillHandler
{
    public static async Task<OutgoingMessages> HandleAsync(BillReplaced replaced, ServiceInvoices invoices, CancellationToken ct)
    {
        var issued = await invoices.ReplaceAsync(replaced, ct);
        return issued.Count > 0 ? [new RenderInvoices(issued, Mail: true)] : [];
    }
}

/// <summary>
/// Issues the invoices of bills. Bills and their replacements come by messages, in any order: one lock lets them wait for each other, and what a bill is now is
/// read behind it.
/// </summary>
internal sealed class ServiceInvoices(
    BillingDb db,
    IEventBills bills,
    IMemberDirectory directory,
    IAssociationProfiles profiles,
    IOfficeRules rules,
    CurrentUser user,
    TimeProvider clock
)
{
    /// <summary>Those that have none, and are owed.</summary>
    public async Task<IReadOnlyList<InvoiceId>> IssueAsync(IReadOnlyList<ChargeId> ids, CancellationToken ct)
    {
        await db.OneAtATimeAsync("billing.services", ct);
        var invoiced = await InvoicedAsync(ids, ct);
        var owed = (await bills.ReadAsync(ids, ct)).Where(b => !b.IsReplaced && !invoiced.Contains(b.Id.Value)).OrderBy(b => b.Id.Value).ToList();
        if (owed.Count == 0)
            return [];
        var (issue, accounts) = (await IssueNowAsync(ct), await AccountsAsync(owed, ct));
        var numbers = await NumberSeries.Services.DrawAsync(db, issue.Rules, issue.Today.Year, owed.Count, ct);
        var documents = owed.Select((bill, i) => NewInvoice.Of(null, Claim.Of(bill), accounts[bill.Id], numbers[i], issue.Letterhead, issue.Today)).ToList();
        await IssuedDocument.WriteAsync(await db.ConnectionAsync(ct), documents, issue.By, ct);
        return [.. documents.Select(d => d.Id)];
    }

    /// <summary>Cancels the invoice of a bill that was replaced, if it ever had one, and issues the one in its place.</summary>
    public async Task<IReadOnlyList<InvoiceId>> ReplaceAsync(BillReplaced replaced, CancellationToken ct)
    {
        await db.OneAtATimeAsync("billing.services", ct);
        var old = await LockedInvoice.OfChargeAsync(db, replaced.Bill, ct);
        if (old is null || (replaced.Replacement is { } made && (await InvoicedAsync([made], ct)).Count > 0))
            return replaced.Replacement is { } next ? await IssueAsync([next], ct) : [];
        if (replaced.Replacement is null && old.CancelledBy is not null)
            return [];
        IReadOnlyList<ChargeId> ids = replaced.Replacement is { } owed ? [replaced.Bill, owed] : [replaced.Bill];
        var read = await bills.ReadAsync(ids, ct);
        var over = read.Single(b => b.Id == replaced.Bill);
        // Replaced once more meanwhile: another message brings the one that counts, and the money paid waits as credit.
        var bill = read.SingleOrDefault(b => b.Id == replaced.Replacement && !b.IsReplaced);
        var account = bill is null ? null : (await AccountsAsync([bill], ct))[bill.Id];
        var claim = bill is null ? null : Claim.Of(bill);
        return (await ReplacedInvoice.BookAsync(db, old, claim, account, over.ReplacedBecause ?? "", await IssueNowAsync(ct), ct)).Documents;
    }

    private async Task<Issue> IssueNowAsync(CancellationToken ct) =>
        new(clock.Today(), (await profiles.CurrentAsync(ct)).Version, user.Actor.Name, await rules.CurrentAsync(ct));

    private async Task<Dictionary<ChargeId, RefreshedAccount>> AccountsAsync(IReadOnlyList<EventBill> owed, CancellationToken ct)
    {
        var members = await AccountRefresh.RunAsync(db, directory, [.. owed.Select(b => b.Payer.Member).OfType<MemberId>().Distinct()], ct);
        // A member that is gone since is somebody who owes, as anybody else.
        bool IsGuest(EventBill bill) => bill.Payer.Member is not { } member || !members.ContainsKey(member);
        var guests = await AccountRefresh.GuestsAsync(db, [.. owed.Where(IsGuest).Select(b => b.Payer).DistinctBy(p => p.Debtor)], ct);
        return owed.ToDictionary(b => b.Id, b => IsGuest(b) ? guests[b.Payer.Debtor] : members[b.Payer.Member!.Value]);
    }

    private async Task<HashSet<Guid>> InvoicedAsync(IReadOnlyList<ChargeId> ids, CancellationToken ct) =>
        (
            await (await db.ConnectionAsync(ct)).QueryAsync<Guid>(
                new CommandDefinition(
                    "select charge_id from billing.invoice where kind = 'invoice' and charge_id = any (@ids)",
                    new { ids = ids.Select(b => b.Value).ToArray() },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).ToHashSet();
}
