using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Regulation;
using Association.Membership.Members.Model;
using Association.Membership.SelfDeclarations.Sending;
using Association.Platform.Data;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Users;
using Dapper;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.SelfDeclarations.Rounds;

/// <summary>A round was opened, or opened again for those who came since.</summary>
/// <param name="Year">Dues year.</param>
/// <param name="Asked">Members that are asked now.</param>
/// <param name="Unreachable">Members that neither mail nor letter reaches.</param>
internal sealed record RoundOpened(int Year, int Asked, int Unreachable);

/// <summary>Opens a round in the running transaction, for the office and for the job.</summary>
internal sealed class RoundOpening(MembershipDb db, IDeliveryChoices choices, LongWorkLog works, CurrentUser user, TimeProvider clock)
{
    public async Task<(RoundOpened, SendDeclarations)> OpenAsync(int year, DuesRegulation regulation, RoundTerms terms, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        // The row is locked from here on: who opens it at the same moment finds everybody asked.
        var round = await connection.ExecuteScalarAsync<Guid>(
            new CommandDefinition(
                """
                insert into membership.declaration_round (id, year, reference_date, answer_by, remind_after, reminders, opens_next, site, opened_at, opened_by)
                values (@id, @year, @day, @AnswerBy, @RemindAfter, @Reminders, @OpensNext, @Site, @now, @by)
                on conflict (year) do update set answer_by = @AnswerBy, remind_after = @RemindAfter, reminders = @Reminders, opens_next = @OpensNext,
                  site = @Site, closed_at = null, closed_by = null
                returning id
                """,
                new
                {
                    id = Guid.CreateVersion7(),
                    year,
                    day = DuesRegulation.ReferenceDate(year),
                    terms.AnswerBy,
                    terms.RemindAfter,
                    terms.Reminders,
                    terms.OpensNext,
                    terms.Site,
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        var needed = await DeclarationNeeds.ReadAsync(db, choices, regulation, year, ct);
        await AddAsync(round, needed, year, ct);
        var unreachable = needed.Count(n => n.Reach.Way == DeclarationWay.None);
        var asked = needed.Count - unreachable + await ReachNowAsync(round, ct);
        var work = await works.StartAsync(
            db,
            "membership.self-declarations",
            StoredText.Of<DeclarationTexts>("Work.Ask", StoredText.Value(year)),
            DeclarationUrl.Round(year),
            asked,
            user.Actor.Name,
            ct
        );
        await connection.ExecuteAsync(
            new CommandDefinition(
                "update membership.declaration_round set work_id = @work where id = @round",
                new { work, round },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return (new RoundOpened(year, asked, unreachable), new SendDeclarations(round, work));
    }

    // Whom nothing reached when the round was opened before, and who has an address by now, is asked for the first time.
    private async Task<int> ReachNowAsync(Guid round, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var unreached = (
            await connection.QueryAsync<Guid>(
                new CommandDefinition(
                    "select member_id from membership.declaration where round_id = @round and state = 'unreachable' and last_number is null",
                    new { round },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        )
            .Select(MemberId.From)
            .ToList();
        var onPaper = await choices.WantPaperAsync(unreached, ct);
        var members = await db.Members.AsNoTracking().Where(m => unreached.Contains(m.Id)).ToListAsync(ct);
        var reached = members.Select(m => (m.Id, Reach.Of(m, onPaper.Contains(m.Id)).Way)).Where(r => r.Way != DeclarationWay.None).ToList();
        return await connection.ExecuteAsync(
            new CommandDefinition(
                """
                update membership.declaration_request q set way = x.way, obstacle = null
                  from unnest(@members, @ways) as x (member, way) where q.round_id = @round and q.member_id = x.member and q.way = 'none'
                """,
                new
                {
                    round,
                    members = reached.Select(r => r.Id.Value).ToArray(),
                    ways = reached.Select(r => EnumText.Of(r.Way)).ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }

    // Set-based: a request a member; the mails and letters follow in chunks of their own.
    private async Task AddAsync(Guid round, IReadOnlyList<NeededMember> needed, int year, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                insert into membership.declaration_request (id, round_id, member_id, measure, last_value, last_as_of, way, obstacle)
                select x.id, @round, x.member, x.measure, last.value, last.as_of, x.way, x.obstacle
                  from unnest(@ids, @members, @measures, @ways, @obstacles) as x (id, member, measure, way, obstacle)
                  left join lateral (select v.value, v.as_of from membership.input_value v
                                      where v.member_id = x.member and v.measure = x.measure and v.as_of < @day
                                      order by v.as_of desc limit 1) last on true
                on conflict (round_id, member_id) do nothing
                """,
                new
                {
                    round,
                    day = DuesRegulation.ReferenceDate(year),
                    ids = needed.Select(_ => Guid.CreateVersion7()).ToArray(),
                    members = needed.Select(n => n.Member.Id.Value).ToArray(),
                    measures = needed.Select(n => n.Measure).ToArray(),
                    ways = needed.Select(n => EnumText.Of(n.Reach.Way)).ToArray(),
                    obstacles = needed.Select(n => n.Reach.Obstacle is { } why ? EnumText.Of(why) : null).ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
}
