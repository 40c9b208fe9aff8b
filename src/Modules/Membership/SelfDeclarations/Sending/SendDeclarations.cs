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
/// <param name="SentBefore">Reminds those who were last written to before this day, and writes to those whose last mail was refused by another way; null: asks
/// those who were not asked yet.</param>
/// <param name="Most">Reminders of one member at most.</param>
[MessageName("membership.send-declarations"), InternalOnly]
internal sealed record SendDeclarations(Guid Round, Guid? Work = null, DateOnly? SentBefore = null, int Most = 0) : ICommand;

/// <summary>A member to be written to.</summary>
/// <param name="Request">Its request.</param>
/// <param name="Member">Which.</param>
/// <param name="Measure">What it is asked for.</param>
/// <param name="Number">0 for the first, 1 … for what follows: the key.</param>
/// <param name="Refused">Where the server refused the last mail; null when it did not.</param>
/// <param name="Asks">Nothing reached it so far: it is asked, not reminded.</param>
internal sealed record DueSending(Guid Request, MemberId Member, string Measure, int Number, string? Refused, bool Asks);

/// <summary>Some members a message. What was written is a row with a key, committed with the mail or the letter: repeated, a message finds nobody left.</summary>
[PlainWords(typeof(DeclarationTexts), "Work.Send")]
internal static class SendDeclarationsHandler
{
    private const int MembersPerMessage = 200;

    /// <summary>Whose last mail was refused, and who may have another way: the one that is not known to be barred, or an address that came in since. Whoever
    /// has none is found out once, when it is tried. Number 9 is the last that there is.</summary>
    public const string Refused = """
        (d.state = 'unreachable' and d.refused_address is not null and d.last_number < 9 and (
          d.way <> 'none' or lower(d.email) is distinct from lower(d.refused_address)
          or d.obstacle = 'no_address' and exists (select from membership.member m where m.id = d.member_id and '' not in (m.street, m.postal_code, m.town))))
        """;

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
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<(Guid Request, Guid Member, string Measure, int Number, string? Refused, bool Asks)>(
            new CommandDefinition(
                $"""
                select d.id, d.member_id, d.measure, coalesce(d.last_number + 1, 0), d.refused_address,
                       not exists (select from membership.declaration_sending s left join platform.mail_status l on l.purpose = s.purpose
                                    where s.request_id = d.id and l.state is distinct from 'refused')
                  from membership.declaration d
                 where d.round_id = @Round
                   and (d.state in ('open', 'draft') and d.way <> 'none'
                          and case when @before::timestamptz is null then d.last_number is null else d.last_number < @Most and d.sent_at < @before end
                        or @before::timestamptz is not null and {Refused})
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
        return [.. rows.Select(r => new DueSending(r.Request, MemberId.From(r.Member), r.Measure, r.Number, r.Refused, r.Asks))];
    }
}
