using Association.Billing.Data;
using Association.Membership.Contracts;
using Dapper;

namespace Association.Billing.Printing.Batches;

/// <summary>An envelope of a batch with what lies in it.</summary>
/// <param name="Position">As sorted for the folding machine; null as long as it is not.</param>
/// <param name="Sheets">Zero as long as they are not counted.</param>
/// <param name="MemberNumber">Whose.</param>
/// <param name="MemberName">Whose.</param>
/// <param name="Address">What stands in the window.</param>
/// <param name="HasCover">Whether a letter lies in front.</param>
/// <param name="Documents">Numbers, in their order.</param>
/// <param name="Files">All that is printed, in its order.</param>
internal sealed record PrintedEnvelope(
    int? Position,
    int Sheets,
    string MemberNumber,
    string MemberName,
    PrintedAddress Address,
    bool HasCover,
    IReadOnlyList<string> Documents,
    IReadOnlyList<Guid> Files
)
{
    /// <summary>All of a batch, in their order.</summary>
    public static async Task<IReadOnlyList<PrintedEnvelope>> ReadAsync(BillingDb db, Guid batch, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = await connection.QueryAsync<(
            int? Position,
            int? Sheets,
            string Number,
            string Name,
            string Address,
            Guid? Cover,
            string[] Documents,
            Guid[] Files
        )>(
            new CommandDefinition(
                """
                select e.position, e.sheets, a.member_number, a.name, e.address::text, e.cover_file_id,
                       (select array_agg(coalesce(i.number, l.number) order by d.place) from billing.print_document d
                          left join billing.invoice i on i.id = d.invoice_id left join billing.letter l on l.id = d.letter_id
                         where d.envelope_id = e.id),
                       (select array_agg(d.archive_file_id order by d.place) from billing.print_document d where d.envelope_id = e.id)
                  from billing.print_envelope e join billing.account a on a.id = e.account_id where e.batch_id = @batch order by e.position, a.name, e.id
                """,
                new { batch },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.Select(r => new PrintedEnvelope(
                r.Position,
                r.Sheets ?? 0,
                r.Number,
                r.Name,
                BillingJson.Read<PrintedAddress>(r.Address),
                r.Cover is not null,
                r.Documents,
                r.Cover is { } cover ? [cover, .. r.Files] : r.Files
            )),
        ];
    }
}
