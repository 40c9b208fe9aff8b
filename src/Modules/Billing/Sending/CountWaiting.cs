using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Sending;

/// <summary>How many documents still have to leave. The page Heute, the page of a dues run and the page that sends all ask this.</summary>
/// <param name="Run">Only those of this dues run; null: all.</param>
[Permission(BillingModule.Send)]
internal sealed record CountWaiting(DuesRunId? Run = null) : IQuery<WaitingCount>;

/// <summary>What has to leave. A document that goes both ways counts once in <see cref="Documents"/> and in both ways.</summary>
/// <param name="Documents">That can leave.</param>
/// <param name="ByMail">Of them by mail.</param>
/// <param name="Mails">In so many mails: one a recipient with its invoices, one with its statements, one with its reminder, one with its letters.</param>
/// <param name="OnPaper">Of them on paper.</param>
/// <param name="Envelopes">In so many envelopes.</param>
/// <param name="Failed">Of those on paper because the mail came to nothing.</param>
/// <param name="Unreached">Documents whose recipient nothing reaches.</param>
/// <param name="Pending">Documents whose PDF is still being made.</param>
/// <param name="Letters">Of all these documents those that are no claims: statements of account, reminders and letters.</param>
internal sealed record WaitingCount(int Documents, int ByMail, int Mails, int OnPaper, int Envelopes, int Failed, int Unreached, int Pending, int Letters = 0);

internal static class CountWaitingHandler
{
    public static Task<WaitingCount> HandleAsync(CountWaiting query, BillingDb db, CancellationToken ct) => CountAsync(query.Run?.Value, db, ct);

    /// <summary>Of a run of dues or of reminders; null: all.</summary>
    public static async Task<WaitingCount> CountAsync(Guid? run, BillingDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        return await connection.QuerySingleAsync<WaitingCount>(
            new CommandDefinition(
                """
                select count(*) filter (where by_mail or by_paper)::int as Documents, count(*) filter (where by_mail)::int as ByMail,
                       count(distinct (account_id, purpose)) filter (where by_mail)::int as Mails, count(*) filter (where by_paper)::int as OnPaper,
                       count(distinct (account_id, address)) filter (where by_paper)::int as Envelopes,
                       count(*) filter (where by_paper and failed)::int as Failed,
                       count(*) filter (where not by_mail and not by_paper)::int as Unreached,
                       (select count(*)::int from billing.deliverable d where d.file is null and (@run::uuid is null or d.run_id = @run)) as Pending,
                       count(*) filter (where kind not in ('invoice', 'cancellation'))::int as Letters
                  from billing.delivery_waiting where @run::uuid is null or run_id = @run
                """,
                new { run },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }
}
