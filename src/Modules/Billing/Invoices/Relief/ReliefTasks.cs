using Association.Billing.Contracts;
using Association.Platform.Data;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Relief;

/// <summary>Waivers and write-offs that wait for a second person, or were refused.</summary>
internal sealed class ReliefTasks(IMessageBus bus, RefusalRows refusals, IStringLocalizer<ReliefTexts> texts)
    : ApprovalTasks<ClaimRelief>(refusals, BillingModule.RequestRelief, BillingModule.ApproveRelief)
{
    protected override Task<IReadOnlyList<ClaimRelief>> FindAsync(DateTimeOffset refusedSince, CancellationToken ct) =>
        bus.QueryAsync(new ListRequestedReliefs(refusedSince), ct);

    protected override string SubjectOf(ClaimRelief asked) => texts["Today.Subject", texts["Kind." + asked.Kind], Formats.Of(asked.Amount), asked.Number];

    protected override TodayRow RowOf(ClaimRelief waiting) =>
        new(
            texts["Today.Group"],
            texts["Today." + waiting.Kind, waiting.Number],
            texts["Today.Detail", waiting.MemberName, Formats.Of(waiting.Amount), waiting.Approval.AskedByName!],
            BillingPages.Invoice(waiting.Number, "relief"),
            texts["Today.Action"],
            Urgency.Now
        );
}

/// <summary>What was waived or written off was posted by resolution, with its amount, by two people where two are needed; what was reversed was
/// posted.</summary>
internal sealed class ReliefsHold(OfficeDatabase database) : IVerifyCheck
{
    public string Name => "waivers-and-write-offs";

    public async Task<CheckResult> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var (all, wrong) = await connection.QuerySingleAsync<(long, long)>(
            new CommandDefinition(
                """
                select count(*), count(*) filter (where r.id is null or r.amount <> l.debit + l.credit or (r.needs_second and r.approved_by is null)
                                                    or (v.id is not null) <> (r.state = 'reversed') or v.id is distinct from r.reversal_id)
                  from billing.posting p
                  join billing.posting_line l on l.posting_id = p.id and l.ledger_account in ('waived', 'written_off', 'released_credit')
                  left join billing.claim_relief r on r.posting_id = p.id
                  left join billing.posting v on v.reverses_id = p.id
                 where p.kind in ('waiver', 'write_off')
                """,
                cancellationToken: ct
            )
        );
        return new CheckResult(
            wrong == 0,
            wrong == 0
                ? $"{all} waivers and write-offs, each with its resolution"
                : $"{wrong} of {all} waivers and write-offs lack a resolution, a signature or their amount"
        );
    }
}
