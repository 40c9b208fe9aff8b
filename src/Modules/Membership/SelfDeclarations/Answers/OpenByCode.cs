using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.PersonalLinks;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.SelfDeclarations.Answers;

/// <summary>Opens the form by member number and the code of a letter.</summary>
/// <param name="Number">Mitgliedsnummer.</param>
/// <param name="Code">As printed; blanks, hyphens and case do not matter.</param>
[AnyoneMay("Whoever holds the letter was asked by the office; its code has 50 random bits, and wrong ones are counted.")]
internal sealed record OpenByCode(string Number, string Code) : ICommand;

/// <summary>The answer.</summary>
/// <param name="Key">A link of its own to the form; null when number and code do not belong together, or too many wrong ones were tried today.</param>
internal sealed record CodeOpened(string? Key);

internal static class OpenByCodeHandler
{
    /// <summary>Wrong codes for a member on one day; then none opens until the next, so that nobody gets through by trying.</summary>
    public const int MostWrongADay = 10;

    // Whoever reads the letter answers now; tomorrow the code opens again.
    private static readonly TimeSpan Open = TimeSpan.FromDays(1);

    // No problem is thrown: the count of a wrong one has to be committed.
    public static async Task<CodeOpened> HandleAsync(OpenByCode command, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var (connection, now, today) = (await db.ConnectionAsync(ct), clock.GetUtcNow(), clock.Today());
        var requests = (
            await connection.QueryAsync<(Guid Id, int Wrong)>(
                new CommandDefinition(
                    """
                    select q.id, case when q.code_wrong_on = @today then q.code_wrong else 0 end
                      from membership.declaration_request q join membership.declaration_round r on r.id = q.round_id
                      join membership.member m on m.id = q.member_id
                     where m.number = @number and q.withdrawn_at is null and r.year >= @year order by r.year desc for update of q
                    """,
                    new
                    {
                        today,
                        number = command.Number.Trim(),
                        year = today.Year - 1,
                    },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();
        if (requests.Any(r => r.Wrong >= MostWrongADay))
            return new CodeOpened(null);
        foreach (var (request, _) in requests)
            if (await SelfDeclarationsFeature.Links.OpensAsync(connection, request, command.Code, now, ct))
                return new CodeOpened((await SelfDeclarationsFeature.Links.IssueAsync(connection, PersonalLinkKind.Link, [request], now, now + Open, ct))[0]);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                update membership.declaration_request
                   set code_wrong = case when code_wrong_on = @today then code_wrong else 0 end + 1, code_wrong_on = @today where id = any (@ids)
                """,
                new { today, ids = requests.Select(r => r.Id).ToArray() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new CodeOpened(null);
    }
}
