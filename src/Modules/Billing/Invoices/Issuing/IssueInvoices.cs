using Association.Billing.Accounts;
using Association.Billing.Contracts;
using Association.Billing.Data;
using Association.Billing.Invoices.Documents;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Invoices.Issuing;

/// <summary>
/// A chunk of an approved dues run becomes invoices: numbers, snapshots, postings and progress in one transaction. Delivered
/// again it finds its charges invoiced and issues nothing.
/// </summary>
[Parallelism(1)] // numbers are drawn under one counter row's lock: side by side the chunks would only wait for each other
[PlainWords(typeof(BillingTexts), "Work.IssueInvoices")]
internal static class IssueInvoicesHandler
{
    public static async Task<OutgoingMessages> HandleAsync(
        ChargesRaised raised,
        BillingDb db,
        IDuesCharges dues,
        IMemberDirectory directory,
        IAssociationProfiles profiles,
        IOfficeRules rules,
        LongWorkLog work,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var chunk = await dues.ReadChunkAsync(raised.Run, raised.Chunk, ct);
        var known = await InvoicedAsync(db, chunk, ct);
        // Beitragsfrei is no invoice over zero; a charge that has its invoice gets no second one.
        IReadOnlyList<RaisedCharge> charges = [.. chunk.Where(c => c.Amount > Money.Zero && !known.ContainsKey(c.Id.Value))];
        var documents = known.Values.Select(InvoiceId.From).ToList();
        if (charges.Count > 0)
        {
            var issued = await IssueAsync(
                raised.Run,
                charges,
                db,
                directory,
                await rules.CurrentAsync(ct),
                (await profiles.CurrentAsync(ct)).Version,
                user.Actor.Name,
                clock.Today(),
                ct
            );
            await work.AdvanceAsync(db, raised.Work, issued.Count, failed: 0, ct);
            documents.AddRange(issued);
        }
        // The run is not called executed before its documents have their files.
        var done = new ChargesInvoiced(raised.Run, raised.Chunk);
        return documents.Count > 0 ? [new RenderInvoices(documents, done)] : [done];
    }

    private static async Task<IReadOnlyDictionary<Guid, Guid>> InvoicedAsync(BillingDb db, IReadOnlyList<RaisedCharge> charges, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        return (
            await connection.QueryAsync<(Guid Charge, Guid Invoice)>(
                new CommandDefinition(
                    "select charge_id, id from billing.invoice where kind = 'invoice' and charge_id = any (@ids)",
                    new { ids = charges.Select(c => c.Id.Value).ToArray() },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).ToDictionary(i => i.Charge, i => i.Invoice);
    }

    private static async Task<IReadOnlyList<InvoiceId>> IssueAsync(
        DuesRunId run,
        IReadOnlyList<RaisedCharge> charges,
        BillingDb db,
        IMemberDirectory directory,
        OfficeRules rules,
        int letterhead,
        string by,
        DateOnly today,
        CancellationToken ct
    )
    {
        var accounts = await AccountRefresh.RunAsync(db, directory, [.. charges.Select(c => c.Member).Distinct()], ct);
        var numbers = await NumberSeries.Invoices.DrawAsync(db, rules, today.Year, charges.Count, ct);
        var documents = charges.Select((charge, i) => NewInvoice.Of(run, Claim.Of(charge), accounts[charge.Member], numbers[i], letterhead, today)).ToList();
        await IssuedDocument.WriteAsync(await db.ConnectionAsync(ct), documents, by, ct);
        return [.. documents.Select(d => d.Id)];
    }
}
