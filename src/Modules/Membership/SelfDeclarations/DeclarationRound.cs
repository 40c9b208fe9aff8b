using Association.Membership.Contracts;
using Association.Membership.Data;
using Dapper;

namespace Association.Membership.SelfDeclarations;

/// <summary>What the office decides about a round.</summary>
/// <param name="AnswerBy">The day that members are asked to keep.</param>
/// <param name="RemindAfter">Days after which who is silent is reminded, each time.</param>
/// <param name="Reminders">How often, 0 to 3.</param>
/// <param name="OpensNext">Whether the round of the year after opens by itself on 1 November.</param>
/// <param name="Site">Where members reach the public pages: <c>https://office.example</c>.</param>
internal sealed record RoundTerms(DateOnly AnswerBy, int RemindAfter, int Reminders, bool OpensNext, string Site);

/// <summary>The round of a dues year.</summary>
/// <param name="Id">Stable.</param>
/// <param name="Year">Dues year.</param>
/// <param name="ReferenceDate">The day that values are asked for.</param>
/// <param name="Terms">As last opened.</param>
/// <param name="Work">The last opening's progress.</param>
/// <param name="OpenedAt">When it was first opened.</param>
/// <param name="OpenedBy">By whom.</param>
/// <param name="ClosedAt">Null while answers are taken.</param>
internal sealed record DeclarationRound(
    Guid Id,
    int Year,
    DateOnly ReferenceDate,
    RoundTerms Terms,
    Guid? Work,
    DateTimeOffset OpenedAt,
    string OpenedBy,
    DateTimeOffset? ClosedAt
)
{
    /// <summary>The round of a year; null when there is none.</summary>
    public static async Task<DeclarationRound?> OfYearAsync(MembershipDb db, int year, CancellationToken ct) =>
        (await ReadAsync(db, "where year = @value", year, ct)).SingleOrDefault();

    /// <summary>One; in a transaction it is locked, so that one delivery works on it.</summary>
    public static async Task<DeclarationRound?> FindAsync(MembershipDb db, Guid id, CancellationToken ct) =>
        (await ReadAsync(db, $"where id = @value {(db.Transaction is null ? "" : "for no key update")}", id, ct)).SingleOrDefault();

    /// <summary>All of them, the newest year first.</summary>
    public static Task<IReadOnlyList<DeclarationRound>> AllAsync(MembershipDb db, CancellationToken ct) => ReadAsync(db, "order by year desc", 0, ct);

    private static async Task<IReadOnlyList<DeclarationRound>> ReadAsync(MembershipDb db, string which, object value, CancellationToken ct)
    {
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<Row>(
            new CommandDefinition(
                $"""
                select id, year, reference_date as ReferenceDate, answer_by as AnswerBy, remind_after as RemindAfter, reminders, opens_next as OpensNext, site,
                       work_id as Work, opened_at as OpenedAt, opened_by as OpenedBy, closed_at as ClosedAt
                  from membership.declaration_round {which}
                """,
                new { value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.Select(r => new DeclarationRound(
                r.Id,
                r.Year,
                r.ReferenceDate,
                new RoundTerms(r.AnswerBy, r.RemindAfter, r.Reminders, r.OpensNext, r.Site),
                r.Work,
                r.OpenedAt,
                r.OpenedBy,
                r.ClosedAt is { } at ? at : null
            )),
        ];
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public int Year { get; init; }
        public DateOnly ReferenceDate { get; init; }
        public DateOnly AnswerBy { get; init; }
        public int RemindAfter { get; init; }
        public int Reminders { get; init; }
        public bool OpensNext { get; init; }
        public required string Site { get; init; }
        public Guid? Work { get; init; }
        public DateTime OpenedAt { get; init; }
        public required string OpenedBy { get; init; }
        public DateTime? ClosedAt { get; init; }
    }
}

/// <summary>How far a request is.</summary>
internal enum DeclarationState
{
    /// <summary>Asked, and nothing came.</summary>
    Open,

    /// <summary>Somebody began and did not send it off, or it was sent back with a question.</summary>
    Draft,

    /// <summary>Answered; the office has to confirm it.</summary>
    Answered,

    /// <summary>Answered with half of last year's value or less, or twice or more.</summary>
    Implausible,

    /// <summary>The value counts.</summary>
    Confirmed,

    /// <summary>A value of that day came in another way.</summary>
    Settled,

    /// <summary>Neither mail nor letter reaches the member, or the server refused the last mail and nothing was sent since.</summary>
    Unreachable,

    /// <summary>Taken back by the office.</summary>
    Withdrawn,
}

/// <summary>How a member is asked.</summary>
internal enum DeclarationWay
{
    Mail,
    Letter,
    None,
}

/// <summary>Why a member cannot be asked.</summary>
internal enum DeclarationObstacle
{
    /// <summary>No address for mail, and none for post.</summary>
    NoAddress,

    /// <summary>No address for mail, and it wants nothing on paper.</summary>
    NoPost,

    /// <summary>Name or address have characters that no font of a letter has.</summary>
    Unprintable,

    /// <summary>The server refused the last mail. Kept with the mail alone: what stands in the request is what holds against a letter.</summary>
    MailRefused,
}

/// <summary>Addresses of a round and what is below it.</summary>
internal static class DeclarationUrl
{
    public const string Open = MembershipPages.Declarations + "/open";

    public static string Round(int year) => $"{MembershipPages.Declarations}?year={year}";

    public static string Of(int year, DeclarationState state) => $"{Round(year)}&state={state}";

    public static string Request(int year, string number, string below = "") =>
        $"{MembershipPages.Declarations}/{year}/{Uri.EscapeDataString(number)}{(below.Length > 0 ? "/" + below : "")}";
}
