using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Charges;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Dues.Reductions;

/// <summary>A member's dues of this year, with how they come about.</summary>
[Permission(DuesFeature.Read)]
internal sealed record ReadDuesOfYear(MemberId Member) : IQuery<DuesOfYear>;

/// <summary>Where the amount of a year comes from.</summary>
internal enum DuesOrigin
{
    /// <summary>From a charge.</summary>
    Charged,

    /// <summary>From the books kept before.</summary>
    Prior,

    /// <summary>Not charged yet: what the regulation makes of the member as it is now.</summary>
    Expected,

    /// <summary>Nothing is owed, by reduction or rule.</summary>
    Exempt,

    /// <summary>The rule needs a value that is unknown.</summary>
    MissingInput,

    /// <summary>No member in this year.</summary>
    NotLiable,

    /// <summary>No regulation is in force in this year.</summary>
    NoRegulation,
}

/// <summary>The answer.</summary>
/// <param name="Number">The member's number.</param>
/// <param name="Year">This year.</param>
/// <param name="Origin">Where the amount comes from, or why there is none.</param>
/// <param name="Amount">Null: nobody knows it.</param>
/// <param name="Steps">How it comes about; empty for what was taken over or is not owed.</param>
internal sealed record DuesOfYear(string Number, int Year, DuesOrigin Origin, Money? Amount, IReadOnlyList<DuesStep> Steps);

internal static class ReadDuesOfYearHandler
{
    public static async Task<DuesOfYear> HandleAsync(ReadDuesOfYear query, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var year = clock.Today().Year;
        var number = await db.Members.Where(m => m.Id == query.Member).Select(m => m.Number).SingleAsync(ct);
        var charged = await DuesReading.QueryAsync<(decimal Amount, string Steps)>(
            db,
            """
            select amount, steps::text from membership.charge
             where member_id = @Id and kind = 'annual' and period = @year and voided_at is null
            """,
            new { Id = query.Member.Value, year },
            ct
        );
        if (charged is [var charge])
            return new DuesOfYear(number, year, DuesOrigin.Charged, new Money(charge.Amount), ChargeStore.ReadSteps(charge.Steps));
        if (await db.PriorDues.AsNoTracking().SingleOrDefaultAsync(p => p.MemberId == query.Member && p.Year == year, ct) is { } prior)
            return new DuesOfYear(number, year, DuesOrigin.Prior, prior.Amount, []);
        if (await Regulations.ValidInAsync(db, year, ct) is not { } regulation)
            return new DuesOfYear(number, year, DuesOrigin.NoRegulation, null, []);
        var row = await DuesCandidates.OfMemberAsync(db, regulation, year, query.Member, ct);
        var origin = row?.Outcome switch
        {
            DuesOutcome.Owes or DuesOutcome.AlreadyCharged => DuesOrigin.Expected,
            DuesOutcome.Exempt => DuesOrigin.Exempt,
            DuesOutcome.MissingInput => DuesOrigin.MissingInput,
            _ => DuesOrigin.NotLiable,
        };
        return new DuesOfYear(number, year, origin, origin == DuesOrigin.MissingInput ? null : row?.Amount ?? Money.Zero, row?.Steps ?? []);
    }
}
