using Association.Membership.Data;
using Association.Platform.Data.Users;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.SelfDeclarations.Rounds;

/// <summary>Takes no more answers: links and codes then open a page that says so. Opened again, the round goes on.</summary>
[Permission(SelfDeclarationsFeature.Manage)]
internal sealed record CloseDeclarations(int Year) : ICommand;

internal static class CloseDeclarationsHandler
{
    public static Task<DeclarationRound?> LoadAsync(CloseDeclarations command, MembershipDb db, CancellationToken ct) =>
        DeclarationRound.OfYearAsync(db, command.Year, ct);

    public static Problem? Validate(CloseDeclarations command, DeclarationRound? round, IStringLocalizer<DeclarationTexts> texts) =>
        round is null ? new Problem("", texts["Problem.NoRound", command.Year])
        : round.ClosedAt is not null ? new Problem("", texts["Problem.Closed", command.Year])
        : null;

    public static async Task HandleAsync(
        CloseDeclarations _,
        DeclarationRound round,
        MembershipDb db,
        IOutgoingMails mails,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var purposes = await (await db.ConnectionAsync(ct)).QueryAsync<string>(
            new CommandDefinition(
                """
                update membership.declaration_round set closed_at = @now, closed_by = @by where id = @Id and closed_at is null;
                select s.purpose from membership.declaration_sending s join membership.declaration_request q on q.id = s.request_id
                 where q.round_id = @Id and q.answered_at is null and s.purpose is not null
                """,
                new
                {
                    round.Id,
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        await mails.WithdrawAsync([.. purposes], ct); // what did not leave yet asks for something that nobody takes any more
    }
}
