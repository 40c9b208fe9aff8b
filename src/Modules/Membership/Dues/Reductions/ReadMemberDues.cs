using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Charges;
using Association.Membership.Dues.Preview;
using Association.Membership.Members.Model;
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
internal sealed record MemberDues(string Number, IReadOnlyList<MemberCharge> Charges, IReadOnlyList<PriorDues> Prior, IReadOnlyList<DuesReduction> Reductions, Clarification? Question);

/// <summary>A charge on a member.</summary>
internal sealed record MemberCharge(int Year, string Run, Money Amount, IReadOnlyList<DuesStep> Steps, bool Voided);

internal static class ReadMemberDuesHandler
{
    public static async Task<MemberDues> HandleAsync(ReadMemberDues query, MembershipDb db, CancellationToken ct)
    {
        var charges = await DuesReading.QueryAsync<(int Year, string Run, decimal Amount, string Steps, bool Voided)>(db,
            """
            select c.period, r.year || '-' || r.number, c.amount, c.steps::text, c.voided_at is not null
              from membership.charge c join membership.dues_run r on r.id = c.run_id
             where c.member_id = @Id order by c.period desc, r.number desc
            """, new { Id = query.Member.Value }, ct);
        return new MemberDues(
            await db.Members.Where(m => m.Id == query.Member).Select(m => m.Number).SingleAsync(ct),
            [.. charges.Select(c => new MemberCharge(c.Year, c.Run, new Money(c.Amount), ChargeStore.ReadSteps(c.Steps), c.Voided))],
            await db.PriorDues.AsNoTracking().Where(p => p.MemberId == query.Member).OrderByDescending(p => p.Year).ToListAsync(ct),
            await db.Set<DuesReduction>().AsNoTracking().Where(r => r.MemberId == query.Member).OrderByDescending(r => r.FromYear).ToListAsync(ct),
            await db.Clarifications.AsNoTracking().Where(c => c.MemberId == query.Member && c.Kind == ClarificationKind.Reduction && c.State == ClarificationState.Open)
                .OrderBy(c => c.CreatedAt).FirstOrDefaultAsync(ct));
    }
}
