using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.SelfDeclarations.Desk;
using Association.Platform.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.SelfDeclarations.Deciding;

/// <summary>Confirms what a member answered: the value counts from now on, with the self-declaration as its source.</summary>
/// <param name="Year">Dues year.</param>
/// <param name="Number">Mitgliedsnummer.</param>
/// <param name="Value">The value that was seen; another one is not confirmed.</param>
[Permission(SelfDeclarationsFeature.Manage)]
internal sealed record ConfirmDeclaration(int Year, string Number, int Value) : ICommand;

/// <summary>Confirms all answers within last year's limits in one go.</summary>
/// <param name="Year">Dues year.</param>
/// <param name="Seen">The <see cref="PlausibleAnswers.Seen"/> that was shown; when others came since, nothing is confirmed.</param>
[Permission(SelfDeclarationsFeature.Manage)]
internal sealed record ConfirmPlausible(int Year, string Seen) : ICommand;

/// <summary>So many were confirmed.</summary>
internal sealed record DeclarationsConfirmed(int Count);

internal static class ConfirmDeclarationHandler
{
    public static Task<RequestToDecide?> LoadAsync(ConfirmDeclaration command, MembershipDb db, CancellationToken ct) =>
        RequestToDecide.FindAsync(db, command.Year, command.Number, ct);

    public static Problem? Validate(ConfirmDeclaration command, RequestToDecide? request, IStringLocalizer<DeclarationTexts> texts) =>
        request is null ? new Problem("", texts["Problem.NoRequest"])
        : request.State == DeclarationState.Confirmed ? new Problem("", texts["Problem.ConfirmedAlready"])
        : request.State is not (DeclarationState.Answered or DeclarationState.Implausible) ? new Problem("", texts["Problem.NotAnswered"])
        : request.Value != command.Value ? new Problem("", texts["Problem.AnswerChanged"])
        : null;

    public static Task<OutgoingMessages> HandleAsync(
        ConfirmDeclaration _,
        RequestToDecide request,
        MembershipDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    ) => Confirmation.RunAsync(db, [request.Id], user, clock, ct);
}

internal static class ConfirmPlausibleHandler
{
    public static Task<DeclarationRound?> LoadAsync(ConfirmPlausible command, MembershipDb db, CancellationToken ct) =>
        DeclarationRound.OfYearAsync(db, command.Year, ct);

    public static Problem? Validate(ConfirmPlausible command, DeclarationRound? round, IStringLocalizer<DeclarationTexts> texts) =>
        round is null ? new Problem("", texts["Problem.NoRound", command.Year]) : null;

    public static async Task<(DeclarationsConfirmed, OutgoingMessages)> HandleAsync(
        ConfirmPlausible command,
        DeclarationRound round,
        MembershipDb db,
        CurrentUser user,
        TimeProvider clock,
        IStringLocalizer<DeclarationTexts> texts,
        CancellationToken ct
    )
    {
        // Locked before they are counted: an answer that is changed at this moment waits, and finds itself confirmed.
        var ids = (
            await (await db.ConnectionAsync(ct)).QueryAsync<Guid>(
                new CommandDefinition(
                    $"""
                    select q.id from membership.declaration_request q
                     where q.id in (select d.id from membership.declaration d where d.round_id = @Id and {PlausibleAnswers.Condition}) order by q.id for update
                    """,
                    new { round.Id },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).ToArray();
        if (ids.Length == 0)
            throw new ProblemsException(texts["Problem.NothingToConfirm"]);
        if ((await PlausibleAnswers.ReadAsync(db, round.Id, ct)).Seen != command.Seen)
            throw new ProblemsException(texts["Problem.AnswersChanged"]);
        return (new DeclarationsConfirmed(ids.Length), await Confirmation.RunAsync(db, ids, user, clock, ct));
    }
}

/// <summary>Writes the values of answers and notes who confirmed them, in one statement for all.</summary>
internal static class Confirmation
{
    private const int MembersPerMessage = 500;

    public static async Task<OutgoingMessages> RunAsync(MembershipDb db, Guid[] requests, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var answers = (
            await connection.QueryAsync<(Guid Id, Guid Member, int Year, string By)>(
                new CommandDefinition(
                    """
                    select q.id, q.member_id, r.year, q.answered_by
                      from membership.declaration_request q join membership.declaration_round r on r.id = q.round_id
                     where q.id = any (@requests) and q.answered_at is not null and q.accepted_at is null and q.withdrawn_at is null
                    """,
                    new { requests },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                with answer as (
                  select q.*, r.reference_date, x.note, v.id as known
                    from unnest(@ids, @notes) as x (id, note)
                    join membership.declaration_request q on q.id = x.id join membership.declaration_round r on r.id = q.round_id
                    left join membership.input_value v on v.member_id = q.member_id and v.measure = q.measure and v.as_of = r.reference_date),
                kept as (
                  insert into membership.input_value (id, member_id, measure, value, as_of, source, source_note, recorded_at)
                  select gen_random_uuid(), member_id, measure, value, reference_date, 'self_declaration', note, @now from answer
                  on conflict (member_id, measure, as_of) do update
                    set value = excluded.value, source = excluded.source, source_note = excluded.source_note, recorded_at = excluded.recorded_at
                  returning id, member_id, measure)
                update membership.declaration_request q
                   set accepted_at = @now, accepted_by = @by, value_id = kept.id, replaced = answer.known is not null
                  from answer join kept on kept.member_id = answer.member_id and kept.measure = answer.measure
                 where q.id = answer.id
                """,
                new
                {
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                    ids = answers.Select(a => a.Id).ToArray(),
                    notes = answers
                        .Select(a => StoredText.Of<DeclarationTexts>("Source.Note", StoredText.Value(a.Year), StoredText.Value(a.By)).ToString())
                        .ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return [.. answers.Select(a => MemberId.From(a.Member)).Chunk(MembersPerMessage).Select(some => new MembersChanged(some))];
    }
}
