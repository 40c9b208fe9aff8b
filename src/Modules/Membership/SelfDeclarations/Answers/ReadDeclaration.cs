using Association.Membership.Data;
using Association.Platform.Data;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.SelfDeclarations.Answers;

/// <summary>What a personal link opens; null for one that is unknown, over, or of a request that was taken back. Changes nothing, however often it is
/// asked.</summary>
[AnyoneMay("Whoever holds the link was asked by the office; it has 256 random bits.")]
internal sealed record ReadDeclaration(string? Key) : IQuery<OpenedDeclaration?>;

/// <summary>What the form shows.</summary>
/// <param name="Request">Which.</param>
/// <param name="Year">Dues year.</param>
/// <param name="Name">Of the member.</param>
/// <param name="Number">Of the member.</param>
/// <param name="Language">Of the member.</param>
/// <param name="Measure">What is asked for.</param>
/// <param name="ReferenceDate">As of when.</param>
/// <param name="AnswerBy">Until when.</param>
/// <param name="LastValue">What was known last; null when nothing was.</param>
/// <param name="LastAsOf">As of when that was.</param>
/// <param name="State">How far it is.</param>
/// <param name="Closed">The round takes no answers any more.</param>
/// <param name="Answer">What was drafted or answered.</param>
/// <param name="Question">What the office asked back.</param>
internal sealed record OpenedDeclaration(
    Guid Request,
    int Year,
    string Name,
    string Number,
    string Language,
    string Measure,
    DateOnly ReferenceDate,
    DateOnly AnswerBy,
    int? LastValue,
    DateOnly? LastAsOf,
    DeclarationState State,
    bool Closed,
    DeclaredAnswer Answer,
    string? Question
)
{
    /// <summary>Whether the answer can be given or changed.</summary>
    public bool TakesAnswers => !Closed && State is not (DeclarationState.Confirmed or DeclarationState.Withdrawn);

    /// <summary>One; in a transaction its row is locked.</summary>
    public static async Task<OpenedDeclaration?> FindAsync(MembershipDb db, Guid request, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        if (db.Transaction is not null)
            await connection.ExecuteAsync(
                new CommandDefinition(
                    "select from membership.declaration_request where id = @request for update",
                    new { request },
                    db.Transaction,
                    cancellationToken: ct
                )
            );
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition(
                """
                select d.year, d.name, d.number, d.language, d.measure, d.reference_date as ReferenceDate, r.answer_by as AnswerBy, d.last_value as LastValue,
                       d.last_as_of as LastAsOf, d.state, d.closed_at is not null as Closed, d.question, d.value, d.answered_by as AnsweredBy,
                       d.reason, d.remark, d.proof_name as ProofName, d.proof_size as ProofSize, d.proof_file_id as ProofFile,
                       d.drafted_at as DraftedAt, d.answered_at as AnsweredAt
                  from membership.declaration d join membership.declaration_round r on r.id = d.round_id where d.id = @request
                """,
                new { request },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return row is null
            ? null
            : new OpenedDeclaration(
                request,
                row.Year,
                row.Name,
                row.Number,
                row.Language,
                row.Measure,
                row.ReferenceDate,
                row.AnswerBy,
                row.LastValue,
                row.LastAsOf,
                EnumText.Parse<DeclarationState>(row.State),
                row.Closed,
                new DeclaredAnswer(
                    row.Value,
                    row.AnsweredBy,
                    row.Reason,
                    row.Remark,
                    row.ProofFile is { } file ? new DeclaredProof(file, row.ProofName!, row.ProofSize!.Value) : null,
                    (row.AnsweredAt ?? row.DraftedAt) is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null
                ),
                row.Question
            );
    }

    private sealed class Row
    {
        public int Year { get; init; }
        public required string Name { get; init; }
        public required string Number { get; init; }
        public required string Language { get; init; }
        public required string Measure { get; init; }
        public DateOnly ReferenceDate { get; init; }
        public DateOnly AnswerBy { get; init; }
        public int? LastValue { get; init; }
        public DateOnly? LastAsOf { get; init; }
        public required string State { get; init; }
        public bool Closed { get; init; }
        public string? Question { get; init; }
        public int? Value { get; init; }
        public required string AnsweredBy { get; init; }
        public required string Reason { get; init; }
        public required string Remark { get; init; }
        public string? ProofName { get; init; }
        public int? ProofSize { get; init; }
        public Guid? ProofFile { get; init; }
        public DateTime? DraftedAt { get; init; }
        public DateTime? AnsweredAt { get; init; }
    }
}

/// <summary>What a member said, sent off or not.</summary>
/// <param name="Value">A count; null while nothing is typed.</param>
/// <param name="By">Name of the person.</param>
/// <param name="Reason">Why it is so different from last year's.</param>
/// <param name="Remark">For the office.</param>
/// <param name="Proof">Null without one.</param>
/// <param name="At">When it was last kept.</param>
internal sealed record DeclaredAnswer(int? Value, string By, string Reason, string Remark, DeclaredProof? Proof, DateTimeOffset? At);

/// <summary>A proof in the archive.</summary>
internal sealed record DeclaredProof(Guid File, string Name, int Size);

internal static class ReadDeclarationHandler
{
    public static async Task<OpenedDeclaration?> HandleAsync(ReadDeclaration query, MembershipDb db, TimeProvider clock, CancellationToken ct) =>
        await DeclarationKey.OpenAsync(db, query.Key, clock, ct);
}

/// <summary>The request behind a link, for all that whoever holds it may do.</summary>
internal static class DeclarationKey
{
    public static async Task<OpenedDeclaration?> OpenAsync(MembershipDb db, string? key, TimeProvider clock, CancellationToken ct) =>
        await SelfDeclarationsFeature.Links.FindAsync(await db.ConnectionAsync(ct), key, clock.GetUtcNow(), ct) is { } request
        && await OpenedDeclaration.FindAsync(db, request, ct) is { State: not DeclarationState.Withdrawn } opened
            ? opened
            : null;
}
