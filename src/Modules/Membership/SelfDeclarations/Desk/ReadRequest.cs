using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.SelfDeclarations.Answers;
using Association.Platform.Data;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.SelfDeclarations.Desk;

/// <summary>A member's request of a year; null when there is none.</summary>
[Permission(SelfDeclarationsFeature.Read)]
internal sealed record ReadRequest(int Year, string Number) : IQuery<RequestRecord?>;

/// <summary>All that the office sees of a request.</summary>
/// <param name="Round">Of which round.</param>
/// <param name="Member">Of whom.</param>
/// <param name="Declared">What was asked and said.</param>
/// <param name="Note">What the office has to know beside it.</param>
/// <param name="Sent">When it was asked and reminded, in that order.</param>
internal sealed record RequestRecord(DeclarationRound Round, Member Member, OpenedDeclaration Declared, RequestNote Note, IReadOnlyList<RequestSending> Sent);

/// <summary>What stands beside an answer.</summary>
internal sealed record RequestNote
{
    public required string Way { get; init; }
    public string? Obstacle { get; init; }
    public bool Deviates { get; init; }
    public bool ByPhone { get; init; }
    public string? NotedBy { get; init; }
    public string? ConfirmedBy { get; init; }
    public DateTime? ConfirmedAt { get; init; }
    public string? WithdrawnBy { get; init; }

    /// <summary>A value of the reference date that counts already, other than the one confirmed here.</summary>
    public int? OtherValue { get; init; }

    /// <summary>Whether the member has a live charge of the year.</summary>
    public bool IsCharged { get; init; }

    /// <summary>Whether the confirmation can be taken back.</summary>
    public bool MayUndo { get; init; }
}

/// <summary>One time that the member was written to.</summary>
/// <param name="Number">0 for the request, 1 … for reminders.</param>
/// <param name="Way">Mail or letter.</param>
/// <param name="Address">Of the mail.</param>
/// <param name="At">When.</param>
/// <param name="Mail">How far the mail came; null for a letter.</param>
internal sealed record RequestSending(int Number, DeclarationWay Way, string Address, DateTimeOffset At, MailStatus? Mail);

internal static class ReadRequestHandler
{
    public static async Task<RequestRecord?> HandleAsync(ReadRequest query, MembershipDb db, IOutgoingMails mails, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        if (
            await connection.ExecuteScalarAsync<Guid?>(
                new CommandDefinition(
                    "select id from membership.declaration where year = @Year and number = @Number",
                    new { query.Year, query.Number },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
            is not { } id
        )
            return null;
        var round = (await DeclarationRound.OfYearAsync(db, query.Year, ct))!;
        var member = await db.Members.AsNoTracking().SingleAsync(m => m.Number == query.Number, ct);
        return new RequestRecord(
            round,
            member,
            (await OpenedDeclaration.FindAsync(db, id, ct))!,
            await NoteAsync(db, id, ct),
            await SentAsync(db, id, mails, ct)
        );
    }

    public static async Task<RequestNote> NoteAsync(MembershipDb db, Guid id, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).QuerySingleAsync<RequestNote>(
            new CommandDefinition(
                """
                select x.*, x.ConfirmedAt is not null and not x.replaced and not x.ischarged and x.unchanged as MayUndo from (
                  select q.way, d.hindrance as Obstacle, q.deviates, q.answered_via = 'phone' is true as ByPhone, q.noted_by as NotedBy,
                         q.accepted_by as ConfirmedBy,
                         q.accepted_at as ConfirmedAt, q.withdrawn_by as WithdrawnBy, q.replaced,
                         (select v.value from membership.input_value v
                           where v.member_id = q.member_id and v.measure = q.measure and v.as_of = r.reference_date and v.id is distinct from q.value_id)
                           as OtherValue,
                         exists (select from membership.charge c where c.member_id = q.member_id and c.kind = 'annual' and c.period = r.year
                                   and c.voided_at is null) as IsCharged,
                         exists (select from membership.input_value v where v.id = q.value_id and v.value = q.value and v.source = 'self_declaration')
                           as Unchanged
                    from membership.declaration_request q join membership.declaration_round r on r.id = q.round_id
                    join membership.declaration d on d.id = q.id where q.id = @id) x
                """,
                new { id },
                db.Transaction,
                cancellationToken: ct
            )
        );

    private static async Task<IReadOnlyList<RequestSending>> SentAsync(MembershipDb db, Guid id, IOutgoingMails mails, CancellationToken ct)
    {
        var rows = (
            await (await db.ConnectionAsync(ct)).QueryAsync<(int Number, string Way, string Address, string? Purpose, DateTime At)>(
                new CommandDefinition(
                    "select number, way, address, purpose, sent_at from membership.declaration_sending where request_id = @id order by number",
                    new { id },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();
        var states = await mails.StatesAsync([.. rows.Select(r => r.Purpose).OfType<string>()], ct);
        return
        [
            .. rows.Select(r => new RequestSending(
                r.Number,
                EnumText.Parse<DeclarationWay>(r.Way),
                r.Address,
                new DateTimeOffset(r.At, TimeSpan.Zero),
                r.Purpose is { } purpose ? states.GetValueOrDefault(purpose) : null
            )),
        ];
    }
}
