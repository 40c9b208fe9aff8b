using Association.Billing.Data;
using Association.Billing.Deliveries;
using Association.Platform.Data;
using Dapper;

namespace Association.Billing.Sending;

/// <summary>What waits for one recipient and goes with one mail: its invoices, its statements, its reminder, or its letters.</summary>
/// <param name="Recipient">Who gets it.</param>
/// <param name="Purpose">What it brings: <c>documents</c>, <c>statements</c>, <c>reminders</c>, <c>letters</c>.</param>
/// <param name="Documents">Its attachments.</param>
internal sealed record WaitingMail(MailRecipient Recipient, string Purpose, IReadOnlyList<MailedDocument> Documents)
{
    /// <summary>Of these accounts, in their order; who has nothing that waits is missing. A run is one of dues or of reminders; null: all.</summary>
    public static async Task<IReadOnlyList<WaitingMail>> OfAsync(BillingDb db, Guid? run, IReadOnlyList<Guid> accounts, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(
                """
                select account_id as Account, address #>> '{lines,0}' as Name, email as Email, language as Language, document_id as Id, file as File,
                       attempt as Attempt, number as Number, kind as Kind, purpose as Purpose,
                       (select f.name from platform.archive_file f where f.id = file) as FileName
                  from billing.delivery_waiting where by_mail and account_id = any (@accounts) and (@run::uuid is null or run_id = @run)
                 order by array_position(@accounts, account_id), series, year, sequence
                """,
                new { accounts = accounts.ToArray(), run },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.GroupBy(r => (r.Account, r.Purpose))
                .Select(g => new WaitingMail(
                    new MailRecipient(g.Key.Account, g.First().Name ?? "", g.First().Email, g.First().Language),
                    g.Key.Purpose,
                    [.. g.Select(r => new MailedDocument(r.Id, r.File, r.Attempt, r.Number, EnumText.Parse<DocumentKind>(r.Kind), r.FileName))]
                )),
        ];
    }

    private sealed record Row(
        Guid Account,
        string? Name,
        string Email,
        string Language,
        Guid Id,
        Guid File,
        int Attempt,
        string Number,
        string Kind,
        string Purpose,
        string FileName
    );
}
