using Association.Membership.Contracts;
using Association.Membership.Data;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Membership.Members.Leaving;

/// <summary>The letter that confirmed a resignation. At most one a member is live; the answer to a resignation that was taken back is one letter, too.</summary>
internal sealed class LeavingLetter
{
    /// <summary>The letter itself.</summary>
    public required Guid LetterId { get; init; }
    public required MemberId MemberId { get; init; }

    /// <summary>As the letter says.</summary>
    public required DateOnly NoticeReceivedOn { get; init; }

    /// <summary>As the letter says.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>When the resignation became another one, or none; null while the letter is true.</summary>
    public DateTimeOffset? OutdatedAt { get; private set; }

    /// <summary>Outdated because the member stays.</summary>
    public bool TakenBack { get; private set; }

    /// <summary>The letter that says so.</summary>
    public Guid? AnswerLetterId { get; private set; }

    public void Answer(Guid letter) => AnswerLetterId = letter;

    internal sealed class Mapping : IEntityTypeConfiguration<LeavingLetter>
    {
        public void Configure(EntityTypeBuilder<LeavingLetter> builder) => builder.HasKey(l => l.LetterId);
    }
}

internal static class LeavingLetters
{
    /// <summary>The letter that is true of the present resignation; null when it is not confirmed.</summary>
    public static Task<LeavingLetter?> LiveAsync(MembershipDb db, MemberId member, CancellationToken ct) =>
        db.Set<LeavingLetter>().SingleOrDefaultAsync(l => l.MemberId == member && l.OutdatedAt == null, ct);

    /// <summary>The letter about a resignation that was taken back since, and to which nobody has answered; null when there is none.</summary>
    public static Task<LeavingLetter?> UnansweredAsync(MembershipDb db, MemberId member, CancellationToken ct) =>
        db.Set<LeavingLetter>()
            .Where(l => l.MemberId == member && l.TakenBack && l.AnswerLetterId == null)
            .OrderByDescending(l => l.OutdatedAt)
            .FirstOrDefaultAsync(ct);

    /// <summary>What was confirmed is not true any more, unless it says the same.</summary>
    /// <param name="db">Of the running transaction.</param>
    /// <param name="member">Whose.</param>
    /// <param name="received">Of the resignation as it is now; null: there is none.</param>
    /// <param name="lastDay">Of the resignation as it is now.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task OutdateAsync(MembershipDb db, MemberId member, DateOnly? received, DateOnly? lastDay, DateTimeOffset now, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                update membership.leaving_letter set outdated_at = @now, taken_back = @lastDay::date is null
                 where member_id = @member and outdated_at is null
                   and (notice_received_on, last_day) is distinct from (@received::date, @lastDay::date)
                """,
                new
                {
                    member = member.Value,
                    received,
                    lastDay,
                    now,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
}
