using Association.Membership.Data;
using Association.Membership.Members.Record;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.SelfDeclarations.Answers;

/// <summary>Keeps what a member typed, as a draft or as its answer; until the office confirmed it, a later one takes its place.</summary>
/// <param name="Key">The secret of the link.</param>
/// <param name="Send">Whether it is sent off; a draft may be empty.</param>
/// <param name="Value">A count.</param>
/// <param name="By">Who answers.</param>
/// <param name="Reason">Asked for when the value is half of last year's or less, or twice or more.</param>
/// <param name="Remark">For the office.</param>
[AnyoneMay("Whoever holds the link was asked by the office; it has 256 random bits.")]
internal sealed record AnswerDeclaration(string? Key, bool Send, long? Value, string By, string Reason = "", string Remark = "") : ICommand;

internal static class AnswerDeclarationHandler
{
    public static Task<OpenedDeclaration?> LoadAsync(AnswerDeclaration command, MembershipDb db, TimeProvider clock, CancellationToken ct) =>
        DeclarationKey.OpenAsync(db, command.Key, clock, ct);

    public static IEnumerable<Problem> Validate(AnswerDeclaration command, OpenedDeclaration? opened, IStringLocalizer<DeclarationTexts> texts)
    {
        if (ProblemOf(opened, texts) is { } over)
            return [over];
        var (by, reason, remark) = (TidyText.Line(command.By), command.Reason.Trim(), command.Remark.Trim());
        var wrong = AnswerRules.Stored(command.Value, by, reason, remark, texts);
        if (command.Send)
            return wrong.Concat(AnswerRules.Whole(command.Value, by, reason, opened!.LastValue, texts));
        return opened!.State is DeclarationState.Answered or DeclarationState.Implausible ? wrong.Append(new Problem("", texts["Problem.SentAlready"])) : wrong;
    }

    public static async Task HandleAsync(
        AnswerDeclaration command,
        OpenedDeclaration opened,
        MembershipDb db,
        IOutgoingMails mails,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var sent = await (await db.ConnectionAsync(ct)).QueryAsync<string>(
            new CommandDefinition(
                """
                update membership.declaration_request
                   set value = @value, answered_by = @by, reason = @reason, remark = @remark, noted_by = null,
                       drafted_at = coalesce(drafted_at, @now), answered_at = case when @Send then @now end, answered_via = case when @Send then 'form' end
                 where id = @Request;
                select purpose from membership.declaration_sending where request_id = @Request and @Send and purpose is not null
                """,
                new
                {
                    opened.Request,
                    command.Send,
                    value = (int?)command.Value,
                    by = TidyText.Line(command.By),
                    reason = command.Reason.Trim(),
                    remark = command.Remark.Trim(),
                    now = clock.GetUtcNow(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        await mails.WithdrawAsync([.. sent], ct); // a reminder that did not leave yet is not needed any more
    }

    /// <summary>Why nothing is taken; null when it is.</summary>
    public static Problem? ProblemOf(OpenedDeclaration? opened, IStringLocalizer<DeclarationTexts> texts) =>
        opened is null ? new Problem("", texts["Problem.Unknown"])
        : opened.State == DeclarationState.Confirmed ? new Problem("", texts["Problem.Confirmed"])
        : opened.Closed ? new Problem("", texts["Problem.RoundOver"])
        : null;
}
