using System.Text.Json;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Data;
using Association.Platform.Data.LongWork;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.Members.Letters;

/// <summary>A letter to many members.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">What it says.</param>
/// <param name="Duplex">Printed on both sides.</param>
/// <param name="ByDelivery">Whether each letter leaves by its member's way.</param>
/// <param name="Work">The long work that makes it.</param>
/// <param name="Sheets">Known once it is made.</param>
/// <param name="File">All letters in one, archived; null as long as it is being made.</param>
/// <param name="CreatedAt">When; the letters' date.</param>
/// <param name="CreatedBy">Who.</param>
/// <param name="Letters">How many members get it.</param>
internal sealed record SerialLetter(
    Guid Id,
    SerialText Text,
    bool Duplex,
    bool ByDelivery,
    Guid Work,
    int? Sheets,
    Guid? File,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    int Letters
)
{
    public const string Start = MembershipPages.Letters;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static string Url(Guid id, string below = "") => $"{Start}/{id}{below}";

    /// <summary>The letter; null when there is none. In a transaction it is locked.</summary>
    public static async Task<SerialLetter?> FindAsync(MembershipDb db, Guid id, CancellationToken ct) =>
        (await ReadAsync(db, $"where l.id = @id {(db.Transaction is null ? "" : "for no key update")}", new { id }, ct)).SingleOrDefault();

    /// <summary>The newest ones.</summary>
    public static Task<IReadOnlyList<SerialLetter>> NewestAsync(MembershipDb db, CancellationToken ct) =>
        ReadAsync(db, "order by l.created_at desc, l.id limit 200", new { }, ct);

    private static async Task<IReadOnlyList<SerialLetter>> ReadAsync(MembershipDb db, string which, object parameters, CancellationToken ct)
    {
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<Row>(
            new CommandDefinition(
                $"""
                select l.id, l.subject, l.body, l.language, l.duplex, l.by_delivery as ByDelivery, l.work_id as Work, l.sheets, l.file_id as File,
                  l.created_at as CreatedAt,
                  l.created_by as CreatedBy,
                       (select count(*)::int from membership.serial_letter_member m where m.letter_id = l.id and m.outcome = 'letter') as Letters
                  from membership.serial_letter l {which}
                """,
                parameters,
                db.Transaction,
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.Select(r => new SerialLetter(
                r.Id,
                new SerialText(r.Subject, r.Body, r.Language),
                r.Duplex,
                r.ByDelivery,
                r.Work,
                r.Sheets,
                r.File,
                new DateTimeOffset(r.CreatedAt, TimeSpan.Zero),
                r.CreatedBy,
                r.Letters
            )),
        ];
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public required string Subject { get; init; }
        public required string Body { get; init; }
        public required string Language { get; init; }
        public bool Duplex { get; init; }
        public bool ByDelivery { get; init; }
        public Guid Work { get; init; }
        public int? Sheets { get; init; }
        public Guid? File { get; init; }
        public DateTime CreatedAt { get; init; }
        public required string CreatedBy { get; init; }
        public int Letters { get; init; }
    }
}

/// <summary>The serial letters, the newest first.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record ListSerialLetters : IQuery<IReadOnlyList<SerialLetter>>;

/// <summary>A serial letter and how far it is; null when there is none.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record ReadSerialLetter(Guid Id) : IQuery<SerialLetterView?>;

/// <summary>A serial letter, its work, and whom it did not go to.</summary>
internal sealed record SerialLetterView(SerialLetter Letter, LongWorkState? Work, IReadOnlyList<(LetterFacts Facts, LetterOutcome Why)> Without);

internal static class ListSerialLettersHandler
{
    public static Task<IReadOnlyList<SerialLetter>> HandleAsync(ListSerialLetters _, MembershipDb db, CancellationToken ct) => SerialLetter.NewestAsync(db, ct);
}

internal static class ReadSerialLetterHandler
{
    public static async Task<SerialLetterView?> HandleAsync(ReadSerialLetter query, MembershipDb db, LongWorkLog works, CancellationToken ct)
    {
        if (await SerialLetter.FindAsync(db, query.Id, ct) is not { } letter)
            return null;
        var without = await (await db.ConnectionAsync(ct)).QueryAsync<(string Facts, string Outcome)>(
            new CommandDefinition(
                "select facts::text, outcome from membership.serial_letter_member where letter_id = @Id and outcome <> 'letter' order by place",
                query,
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new SerialLetterView(
            letter,
            letter.File is null ? await works.ReadAsync(letter.Work, ct) : null,
            [.. without.Select(w => (JsonSerializer.Deserialize<LetterFacts>(w.Facts, SerialLetter.Json)!, EnumText.Parse<LetterOutcome>(w.Outcome)))]
        );
    }
}
