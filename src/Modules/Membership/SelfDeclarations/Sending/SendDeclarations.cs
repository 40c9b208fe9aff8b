using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.LongWork;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.SelfDeclarations.Sending;

/// <summary>Go on with asking the members of a round, or with reminding those who are silent: the next of them.</summary>
/// <param name="Round">Which.</param>
/// <param name="Work">What it moves on; null when reminding.</param>
/// <param name="SentBefore">Reminds those who were last written to before this day; null: asks those who were not asked yet.</param>
/// <param name="Most">Reminders of one member at most.</param>
[MessageName("membership.send-declarations"), InternalOnly]
internal sealed record SendDeclarations(Guid Round, Guid? Work = null, DateOnly? SentBefore = null, int Most = 0) : ICommand;

/// <summary>A member to be written to.</summary>
/// <param name="Request">Its request.</param>
/// <param name="Member">Which.</param>
/// <param name="Measure">What it is asked for.</param>
/// <param name="Number">0 for the request, 1 … for its reminders.</param>
internal sealed record DueSending(Guid Request, MemberId Member, string Measure, int Number);

/// <summary>Some members a message. What was written is a row with a key, committed with the mail or the letter: repeated, a message finds nobody left.</summary>
[PlainWords(typeof(DeclarationTexts), "Work.Send")]
internal static class SendDeclarationsHandler
{
    private const int MembersPerMessage = 200;

    public static async Task<OutgoingMessages> HandleAsync(
        SendDeclarations command,
        MembershipDb db,
        DeclarationPost post,
        LongWorkLog works,
        CancellationToken ct
    )
    {
        // The row's lock lets one delivery work at a time; a closed round asks nobody.
        if (await DeclarationRound.FindAsync(db, command.Round, ct) is not { ClosedAt: null } round)
            return [];
        var due = await DueAsync(command, db, ct);
        if (due.Count == 0)
        {
            if (command.Work is { } finished)
                await works.FinishAsync(db, finished, ct);
            return [];
        }
        var letters = await post.WriteAsync(round, due, ct);
        if (command.Work is { } work)
            await works.AdvanceAsync(db, work, due.Count, failed: 0, ct);
        return letters is { } origin ? [new LettersWritten(origin), command] : [command];
    }

    private static async Task<IReadOnlyList<DueSending>> DueAsync(SendDeclarations command, MembershipDb db, CancellationToken ct)
    {
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<(Guid Request, Guid Member, string Measure, int Number)>(
            new CommandDefinition(
                """
                select d.id, d.member_id, d.measure, coalesce(d.last_number + 1, 0)
                  from membership.declaration d
                 where d.round_id = @Round and d.state in ('open', 'draft')
                   and case when @before::timestamptz is null then d.last_number is null else d.last_number < @Most and d.sent_at < @before end
                 order by d.id limit @limit
                """,
                new
                {
                    command.Round,
                    command.Most,
                    before = command.SentBefore is { } day ? day.StartOfBusinessDay() : (DateTimeOffset?)null,
                    limit = MembersPerMessage,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return [.. rows.Select(r => new DueSending(r.Request, MemberId.From(r.Member), r.Measure, r.Number))];
    }
}
