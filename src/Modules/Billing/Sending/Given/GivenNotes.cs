using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Sending.Given;

/// <summary>What was noted as given otherwise and can be taken back, the newest first.</summary>
/// <param name="Run">Only of this dues run; null: of all.</param>
[Permission(BillingModule.Send)]
internal sealed record GivenNotes(DuesRunId? Run = null) : IQuery<IReadOnlyList<GivenNote>>
{
    /// <summary>Rows that nothing has happened to since; the parameters are <c>@number</c> and <c>@note</c>, of which one is null.</summary>
    public const string Undoable = """
        select g.* from billing.given_document g
          left join billing.invoice i on i.id = g.invoice_id left join billing.letter l on l.id = g.letter_id
         where g.taken_back_at is null and (@number::text is not null or @note::uuid is not null)
           and (@number::text is null or coalesce(i.number, l.number) = @number) and (@note::uuid is null or g.note_id = @note)
           and not exists (select from billing.mailed_document m where m.archive_file_id = g.archive_file_id and m.handed_over_at > g.noted_at)
        """;
}

/// <summary>What was noted in one go.</summary>
/// <param name="Note">Its id.</param>
/// <param name="Documents">Of it, those that stand.</param>
/// <param name="GivenOn">The day.</param>
/// <param name="How">By what means.</param>
/// <param name="NotedAt">When it was noted.</param>
/// <param name="NotedBy">By whom.</param>
internal sealed record GivenNote(Guid Note, int Documents, DateOnly GivenOn, string How, DateTime NotedAt, string NotedBy);

internal static class GivenNotesHandler
{
    public static async Task<IReadOnlyList<GivenNote>> HandleAsync(GivenNotes query, BillingDb db, CancellationToken ct) =>
        (
            await (await db.ConnectionAsync(ct)).QueryAsync<GivenNote>(
                new CommandDefinition(
                    """
                    select g.note_id as Note, count(*)::int as Documents, g.given_on as GivenOn, g.how as How, g.noted_at as NotedAt, g.noted_by as NotedBy
                      from billing.given_document g left join billing.invoice i on i.id = g.invoice_id
                     where g.taken_back_at is null and (@run::uuid is null or i.run_id = @run)
                     group by g.note_id, g.given_on, g.how, g.noted_at, g.noted_by order by g.noted_at desc limit 20
                    """,
                    new { run = query.Run?.Value },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();
}
