using Association.Billing.Data;
using Association.Billing.Receivables;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Documents.Pdf;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Readdressing;

/// <summary>
/// Tells an issued claim to another recipient or under other references: a further document of the same invoice (Ausfertigung). Number, amount, due
/// date and payment stay; the documents before stay as they were sent.
/// </summary>
/// <param name="Number">Of the invoice.</param>
/// <param name="Recipient">What stands in the window.</param>
/// <param name="BuyerReference">Kassenzeichen or another sign of the recipient; null without.</param>
/// <param name="PurchaseOrder">The recipient's order number; null without.</param>
/// <param name="LeitwegId">Of a public body; null without.</param>
/// <param name="Reason">Why, for the office; 3 to 300 characters.</param>
[Permission(BillingModule.CancelInvoices)]
internal sealed record ReaddressInvoice(
    string Number,
    PrintedAddress Recipient,
    string? BuyerReference,
    string? PurchaseOrder,
    string? LeitwegId,
    string Reason
) : ICommand;

internal static class ReaddressInvoiceHandler
{
    private const int LongestLine = 100;
    private const int LongestReference = 60;

    public static Task<LockedInvoice?> LoadAsync(ReaddressInvoice command, BillingDb db, CancellationToken ct) =>
        LockedInvoice.FindAsync(db, command.Number, ct);

    public static IEnumerable<Problem> Validate(ReaddressInvoice command, LockedInvoice? invoice, IStringLocalizer<ReaddressTexts> texts)
    {
        if (invoice is null or { IsCancellation: true })
            yield return new Problem("", texts["Problem.NoInvoice", command.Number]);
        else if (invoice.CancelledBy is { } by)
            yield return new Problem("", texts["Problem.Cancelled", invoice.Number, by]);
        else if (Told(invoice.Content) == Told(With(invoice.Content, command)))
            yield return new Problem("", texts["Problem.Same"]);

        var to = Tidy(command.Recipient);
        if (to.Lines.Count == 0)
            yield return new Problem("Name", texts["Problem.Name"]);
        if (to.Lines.Count > 4)
            yield return new Problem("Name", texts["Problem.Lines"]);
        if (to.Lines.Append(to.Town).Append(to.PostalCode).Any(l => l.Length > LongestLine))
            yield return new Problem("Name", texts["Problem.LongLine", LongestLine]);
        if (PdfFont.CannotPrint(string.Join(' ', [.. to.Lines, to.PostalCode, to.Town])) is { Length: > 0 } signs)
            yield return new Problem("Name", texts["Problem.CannotPrint", signs]);
        foreach (var missing in PostalAddress.Faults(Street(command.Recipient), to.PostalCode, to.Town, to.Country))
            yield return missing switch
            {
                AddressFault.NoStreet => new Problem("Street", texts["Problem.Street"]),
                AddressFault.NoPostalCode => new Problem(nameof(to.PostalCode), texts["Problem.PostalCode"]),
                AddressFault.NoTown => new Problem(nameof(to.Town), texts["Problem.Town"]),
                _ => new Problem(nameof(to.Country), texts["Problem.Country"]),
            };
        foreach (
            var (field, value) in new[] { (nameof(command.BuyerReference), command.BuyerReference), (nameof(command.PurchaseOrder), command.PurchaseOrder) }
        )
            if (Blank(value) is not { } reference)
                continue;
            else if (reference.Length > LongestReference)
                yield return new Problem(field, texts["Problem.LongReference", LongestReference]);
            else if (PdfFont.CannotPrint(reference) is { Length: > 0 } unprintable)
                yield return new Problem(field, texts["Problem.CannotPrint", unprintable]);
        if (Blank(command.LeitwegId) is { } leitweg && !LeitwegId.TryParse(leitweg, out _, out var fault))
            yield return new Problem(nameof(command.LeitwegId), texts["Problem.Leitweg." + fault]);
        if (command.Reason.Trim() is not { Length: >= 3 and <= 300 })
            yield return new Problem(nameof(command.Reason), texts["Problem.Reason"]);
    }

    public static async Task<(InvoiceEditionId, RenderEdition)> HandleAsync(
        ReaddressInvoice command,
        LockedInvoice? invoice,
        BillingDb db,
        IAssociationProfiles profiles,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (found, today) = (invoice!, clock.Today());
        var edition = new InvoiceEditionId(found.Id, (found.Content.Edition?.Number ?? 1) + 1);
        var content = With(found.Content, command) with { Edition = new EditionContent(edition.Number, today) };
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.invoice_edition (invoice_id, edition, content, letterhead_version, reason, issued_on, issued_by)
                values (@invoice, @edition, @content::jsonb, @letterhead, @reason, @today, @by)
                """,
                new
                {
                    invoice = edition.Invoice.Value,
                    edition = edition.Number,
                    content = BillingJson.Write(content),
                    letterhead = (await profiles.CurrentAsync(ct)).Version,
                    reason = command.Reason.Trim(),
                    today,
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return (edition, new RenderEdition(edition.Invoice, edition.Number));
    }

    private static InvoiceContent With(InvoiceContent content, ReaddressInvoice command) =>
        content with
        {
            Recipient = Tidy(command.Recipient),
            BuyerReference = Blank(command.BuyerReference),
            PurchaseOrder = Blank(command.PurchaseOrder),
            LeitwegId = LeitwegId.TryParse(command.LeitwegId, out var id, out _) ? id.Value : null,
        };

    // Everything that a further document may tell otherwise.
    private static string Told(InvoiceContent content) =>
        string.Join(
            '\n',
            [
                .. content.Recipient.Lines,
                content.Recipient.PostalCode,
                content.Recipient.Town,
                content.Recipient.Country,
                content.BuyerReference,
                content.PurchaseOrder,
                content.LeitwegId,
            ]
        );

    private static PrintedAddress Tidy(PrintedAddress address) =>
        new([.. address.Lines.Select(Line).Where(l => l.Length > 0)], Line(address.PostalCode), Line(address.Town), Line(address.Country).ToUpperInvariant());

    // The last line below the name; what was left empty there is not what stands above it.
    private static string Street(PrintedAddress address) => address.Lines.Count > 1 ? Line(address.Lines[^1]) : "";

    private static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string? Blank(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}

/// <summary>A document of an invoice.</summary>
/// <param name="Invoice">The invoice.</param>
/// <param name="Number">2, 3 …</param>
internal sealed record InvoiceEditionId(InvoiceId Invoice, int Number);
