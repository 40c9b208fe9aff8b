using Association.Membership.Data;
using Association.Platform.Data.Users;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.SelfDeclarations.Deciding;

/// <summary>Takes a request back: the member is asked no more, and its links and codes open nothing.</summary>
[Permission(SelfDeclarationsFeature.Manage)]
internal sealed record WithdrawRequest(int Year, string Number) : ICommand;

internal static class WithdrawRequestHandler
{
    public static Task<RequestToDecide?> LoadAsync(WithdrawRequest command, MembershipDb db, CancellationToken ct) =>
        RequestToDecide.FindAsync(db, command.Year, command.Number, ct);

    public static Problem? Validate(WithdrawRequest _, RequestToDecide? request, IStringLocalizer<DeclarationTexts> texts) =>
        request is null ? new Problem("", texts["Problem.NoRequest"])
        : request.State == DeclarationState.Confirmed ? new Problem("", texts["Problem.ConfirmedAlready"])
        : request.State == DeclarationState.Withdrawn ? new Problem("", texts["Problem.WithdrawnAlready"])
        : null;

    public static async Task HandleAsync(
        WithdrawRequest _,
        RequestToDecide request,
        MembershipDb db,
        IOutgoingMails mails,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (connection, now) = (await db.ConnectionAsync(ct), clock.GetUtcNow());
        var sent = await connection.QueryAsync<string>(
            new CommandDefinition(
                """
                update membership.declaration_request set withdrawn_at = @now, withdrawn_by = @by where id = @Id;
                select purpose from membership.declaration_sending where request_id = @Id and purpose is not null
                """,
                new
                {
                    request.Id,
                    now,
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        await mails.WithdrawAsync([.. sent], ct);
        await SelfDeclarationsFeature.Links.RevokeAsync(connection, [request.Id], now, ct);
    }
}
