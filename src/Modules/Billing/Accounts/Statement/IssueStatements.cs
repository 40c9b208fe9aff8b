using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Statement;

/// <summary>
/// Make statements of account to be sent: each once, as an archived file, which then waits to leave by its member's way. Who has one of the same period that
/// still says what the books say gets no second one; it can be sent again.
/// </summary>
/// <param name="Members">Their numbers; one without an account has no statement.</param>
/// <param name="From">First day; null for the beginning.</param>
/// <param name="To">Last day; null for today.</param>
[Permission(BillingModule.Send)]
internal sealed record IssueStatements(IReadOnlyList<string> Members, DateOnly? From = null, DateOnly? To = null) : ICommand;

/// <summary>What was begun.</summary>
/// <param name="Made">Statements whose files are being made.</param>
/// <param name="Already">Members who have one that nothing has changed since.</param>
internal sealed record IssuedStatements(int Made, int Already);

internal static class IssueStatementsHandler
{
    public static IEnumerable<Problem> Validate(IssueStatements command, TimeProvider clock, IStringLocalizer<AccountTexts> texts)
    {
        if (command.Members.Count == 0)
            yield return new Problem("", texts["Issue.Nobody"]);
        if (command.From > (command.To ?? clock.Today()))
            yield return new Problem("", texts["Issue.Period"]);
    }

    public static async Task<(IssuedStatements, OutgoingMessages)> HandleAsync(
        IssueStatements command,
        BillingDb db,
        CurrentUser user,
        TimeProvider clock,
        IStringLocalizer<AccountTexts> texts,
        CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        var parameters = new
        {
            members = command.Members.Select(m => m.Trim()).ToArray(),
            command.From,
            to = command.To ?? clock.Today(),
            now = clock.GetUtcNow(),
            by = user.Actor.Name,
        };
        // One at a time: the second of two at once finds what the first one made.
        await db.OneAtATimeAsync("billing.statements", ct);
        var accounts = await connection.ExecuteScalarAsync<int>(
            new CommandDefinition(
                "select count(distinct member_number)::int from billing.account where member_number = any (@members)",
                parameters,
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (accounts == 0)
            throw new ProblemsException(texts["Issue.Nobody"]);
        var made = (
            await connection.QueryAsync<Guid>(
                new CommandDefinition(
                    """
                    insert into billing.letter (id, kind, account_id, from_day, to_day, created_at, created_by)
                    select gen_random_uuid(), 'statement', a.id, @From, @to, @now, @by
                      from (select distinct on (member_number) id, member_number from billing.account
                             where member_number = any (@members) order by member_number, id) a
                     where not exists (
                       select from billing.letter s left join billing.letter_document d on d.letter_id = s.id
                        where s.account_id = a.id and s.from_day is not distinct from @From and s.to_day = @to
                          and not exists (select from billing.account_movement x join billing.posting p on p.id = x.posting_id
                                           where x.account_id = a.id and p.posted_at > d.rendered_at))
                     order by array_position(@members, a.member_number) returning id
                    """,
                    parameters,
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();
        return (new IssuedStatements(made.Count, accounts - made.Count), made.Count > 0 ? [new RenderStatements(made)] : []);
    }
}
