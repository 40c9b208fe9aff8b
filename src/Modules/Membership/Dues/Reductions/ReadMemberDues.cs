using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Charges;
using Association.Membership.Dues.Kinds;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Runs;
using Association.Membership.Members.Model;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Dues.Reductions;

/// <summary>The dues of one member: what was charged, what was paid before this product, what is reduced.</summary>
[Permission(DuesFeature.Read)]
internal sealed record ReadMemberDues(MemberId Member) : IQuery<MemberDues>;

/// <summary>The answer.</summary>
/// <param name="Number">The member's number.</param>
/// <param name="Charges">The newest first.</param>
/// <param name="Prior">Dues of years before this product kept the books, the newest first.</param>
/// <param name="Reductions">The newest first.</param>
/// <param name="Question">An open question about a reduction; null without.</param>
internal sealed record MemberDues(
    string Number,
    IReadOnlyList<MemberCharge> Charges,
    IReadOnlyList<PriorDues> Prior,
    IReadOnlyList<DuesReduction> Reductions,
    Clarification? Question
);

/// <summary>A charge on a member.</summary>
/// <param name="Id">The charge.</param>
/// <param name="Kind">What for.</param>
/// <param name="Year">Dues year.</param>
/// <param name="Run">Code of its run; null when it replaces a wrong charge.</param>
/// <param name="Amount">What was charged.</param>
/// <param name="Steps">How it came about.</param>
/// <param name="Voided">Cancelled.</param>
/// <param name="Now">What the member's present data would come to, where that differs; null where it does not.</param>
internal sealed record MemberCharge(ChargeId Id, DuesKind Kind, int Year, string? Run, Money Amount, IReadOnlyList<DuesStep> Steps, bool Voided, Money? Now);

internal static class ReadMemberDuesHandler
{
    public static async Task<MemberDues> HandleAsync(ReadMemberDues query, MembershipDb db, CancellationToken ct)
    {
        return new MemberDues(
            await db.Members.Where(m => m.Id == query.Member).Select(m => m.Number).SingleAsync(ct),
            await ChargesAsync(db, query.Member, ct),
            await db.PriorDues.AsNoTracking().Where(p => p.MemberId == query.Member).OrderByDescending(p => p.Year).ToListAsync(ct),
            await db.Set<DuesReduction>().AsNoTracking().Where(r => r.MemberId == query.Member).OrderByDescending(r => r.FromYear).ToListAsync(ct),
            await db
                .Clarifications.AsNoTracking()
                .Where(c => c.MemberId == query.Member && c.Kind == ClarificationKind.Reduction && c.State == ClarificationState.Open)
                .OrderBy(c => c.CreatedAt)
                .FirstOrDefaultAsync(ct)
        );
    }

    private static async Task<IReadOnlyList<MemberCharge>> ChargesAsync(MembershipDb db, MemberId member, CancellationToken ct)
    {
        var rows = await DuesReading.QueryAsync<(
            Guid Id,
            string Kind,
            int Year,
            string? Run,
            bool Issued,
            decimal Amount,
            string Steps,
            bool Voided,
            string? Terms
        )>(
            db,
            $"""
            select c.id, c.kind, coalesce(r.year, k.year, c.period), {DuesRun.CodeSql}, r.id is null or r.state = 'executed', c.amount, c.steps::text,
              c.voided_at is not null,
                   coalesce(r.terms, k.terms)::text
              from membership.charge c left join membership.dues_run r on r.id = c.run_id left join membership.dues_correction k on k.replacement_id = c.id
             where c.member_id = @Id order by 3 desc, c.id desc
            """,
            new { Id = member.Value },
            ct
        );
        var charges = new List<MemberCharge>();
        foreach (var row in rows)
        {
            var (amount, kind) = (new Money(row.Amount), EnumText.Parse<DuesKind>(row.Kind));
            var terms = row.Terms is null ? null : DuesTerms.Read(row.Terms);
            Money? now = row is { Issued: true, Voided: false } && charges.Count < FewYears ? await NowAsync(db, member, kind, row.Year, terms, ct) : null;
            charges.Add(
                new MemberCharge(
                    ChargeId.From(row.Id),
                    kind,
                    row.Year,
                    row.Run,
                    amount,
                    ChargeStore.ReadSteps(row.Steps),
                    row.Voided,
                    now == amount ? null : now
                )
            );
        }
        return charges;
    }

    // What is older than this is looked at on the page of the correction only.
    private const int FewYears = 4;

    private static async Task<Money?> NowAsync(MembershipDb db, MemberId member, DuesKind kind, int year, DuesTerms? terms, CancellationToken ct) =>
        await Regulations.ValidInAsync(db, year, ct) is { } regulation
        && await KindCandidates.OfMemberAsync(db, regulation, kind, year, terms, member, ct) is { Outcome: not DuesOutcome.MissingInput } row
            ? row.Amount
            : null;
}
