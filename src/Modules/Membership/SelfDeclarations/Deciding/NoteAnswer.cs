using Association.Membership.Data;
using Association.Membership.Members.Record;
using Association.Membership.SelfDeclarations.Answers;
using Association.Platform.Data.Users;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.SelfDeclarations.Deciding;

/// <summary>Notes an answer that was given on the phone; also for whom nothing reaches. It is confirmed like any other.</summary>
/// <param name="Year">Dues year.</param>
/// <param name="Number">Mitgliedsnummer.</param>
/// <param name="Value">A count.</param>
/// <param name="By">Who said it.</param>
/// <param name="Reason">Asked for when the value is half of last year's or less, or twice or more.</param>
/// <param name="Remark">What else was said.</param>
[Permission(SelfDeclarationsFeature.Manage)]
internal sealed record NoteAnswer(int Year, string Number, long? Value, string By, string Reason = "", string Remark = "") : ICommand;

internal static class NoteAnswerHandler
{
    public static Task<RequestToDecide?> LoadAsync(NoteAnswer command, MembershipDb db, CancellationToken ct) =>
        RequestToDecide.FindAsync(db, command.Year, command.Number, ct);

    public static IEnumerable<Problem> Validate(NoteAnswer command, RequestToDecide? request, IStringLocalizer<DeclarationTexts> texts)
    {
        if (request is null)
            return [new Problem("", texts["Problem.NoRequest"])];
        if (request.State is DeclarationState.Confirmed)
            return [new Problem("", texts["Problem.ConfirmedAlready"])];
        if (request.State is DeclarationState.Withdrawn)
            return [new Problem("", texts["Problem.WithdrawnAlready"])];
        var (by, reason) = (TidyText.Line(command.By), command.Reason.Trim());
        return AnswerRules
            .Stored(command.Value, by, reason, command.Remark.Trim(), texts)
            .Concat(AnswerRules.Whole(command.Value, by, reason, request.LastValue, texts));
    }

    public static async Task HandleAsync(
        NoteAnswer command,
        RequestToDecide request,
        MembershipDb db,
        IOutgoingMails mails,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var sent = await (await db.ConnectionAsync(ct)).QueryAsync<string>(
            new CommandDefinition(
                """
                update membership.declaration_request
                   set value = @value, answered_by = @by, reason = @reason, remark = @remark, noted_by = @noted, answered_at = @now, answered_via = 'phone'
                 where id = @Id;
                select purpose from membership.declaration_sending where request_id = @Id and purpose is not null
                """,
                new
                {
                    request.Id,
                    value = (int)command.Value!.Value,
                    by = TidyText.Line(command.By),
                    reason = command.Reason.Trim(),
                    remark = command.Remark.Trim(),
                    noted = user.Actor.Name,
                    now = clock.GetUtcNow(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        await mails.WithdrawAsync([.. sent], ct);
    }
}
