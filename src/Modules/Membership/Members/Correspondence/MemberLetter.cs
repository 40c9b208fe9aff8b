using System.Text.Json;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Files;
using Association.Membership.Members.Letters;
using Association.Platform.Data;
using Dapper;

namespace Association.Membership.Members.Correspondence;

/// <summary>How a letter to one member leaves.</summary>
internal enum LetterWay
{
    /// <summary>Printed by the person who writes it.</summary>
    Paper,

    /// <summary>By mail.</summary>
    Mail,
}

/// <summary>How far the mail of a letter came, as the outgoing mail says.</summary>
public enum LetterMailState
{
    /// <summary>It lies in the outgoing mail.</summary>
    Waiting,

    /// <summary>The recipient's server took it.</summary>
    Accepted,

    /// <summary>It was told to the server, and nobody knows whether it took it; a person decides in the outgoing mail.</summary>
    Unknown,

    /// <summary>The server does not take it.</summary>
    Refused,

    /// <summary>It could not be sent in time, or it came back.</summary>
    Undeliverable,

    /// <summary>It was taken back before it left.</summary>
    Withdrawn,
}

/// <summary>One mail of a letter.</summary>
/// <param name="Attempt">1, 2, …</param>
/// <param name="Name">Of the recipient.</param>
/// <param name="Address">To which it went.</param>
/// <param name="WithLetter">Whether the letter's own file went with it.</param>
/// <param name="At">When it was handed over.</param>
/// <param name="By">By whom.</param>
/// <param name="State">How far it came.</param>
/// <param name="StateAt">Since when.</param>
/// <param name="NotedBy">Who noted that it came back; null when nobody did.</param>
/// <param name="Answer">The server's last words; null when there are none.</param>
internal sealed record LetterMail(
    int Attempt,
    string Name,
    string Address,
    bool WithLetter,
    DateTimeOffset At,
    string By,
    LetterMailState State,
    DateTimeOffset StateAt,
    string? NotedBy,
    string? Answer
);

/// <summary>A letter to one member, as it was written.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Member">To whom.</param>
/// <param name="Facts">As they were then.</param>
/// <param name="Language">Of the letter.</param>
/// <param name="Subject">With its fields filled in.</param>
/// <param name="Body">With its fields filled in; paragraphs parted by empty lines.</param>
/// <param name="File">Its own file in the archive.</param>
/// <param name="WrittenAt">When.</param>
/// <param name="WrittenBy">By whom.</param>
/// <param name="Files">The member's files that went with it.</param>
/// <param name="Mails">The newest first; none: it is on paper.</param>
internal sealed record MemberLetter(
    Guid Id,
    MemberId Member,
    LetterFacts Facts,
    string Language,
    string Subject,
    string Body,
    Guid File,
    DateTimeOffset WrittenAt,
    string WrittenBy,
    IReadOnlyList<MemberFile> Files,
    IReadOnlyList<LetterMail> Mails
)
{
    /// <summary>The newest mail; null without.</summary>
    public LetterMail? LastMail => Mails is [var last, ..] ? last : null;

    /// <summary>To whom it is written: the person, else the member.</summary>
    public string Recipient => Facts.Contact ?? Facts.Name;

    /// <summary>The letters to a member, the newest first.</summary>
    public static Task<IReadOnlyList<MemberLetter>> OfMemberAsync(MembershipDb db, MemberId member, CancellationToken ct) =>
        ReadAsync(db, "where member_id = @id order by written_at desc, id limit 500", member.Value, ct);

    /// <summary>One; null when there is none. In a transaction it is locked.</summary>
    public static async Task<MemberLetter?> FindAsync(MembershipDb db, Guid id, CancellationToken ct) =>
        (await ReadAsync(db, $"where id = @id {(db.Transaction is null ? "" : "for no key update")}", id, ct)).SingleOrDefault();

    private static async Task<IReadOnlyList<MemberLetter>> ReadAsync(MembershipDb db, string which, Guid id, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = (
            await connection.QueryAsync<Row>(
                Command(
                    $"""
                    select id, member_id as Member, facts::text as Facts, language, subject, body, archive_file_id as File, written_at as WrittenAt,
                      written_by as WrittenBy from membership.member_letter {which}
                    """,
                    new { id }
                )
            )
        ).AsList();
        if (rows.Count == 0)
            return [];
        var letters = new { ids = rows.Select(r => r.Id).ToArray() };
        var mails = (await connection.QueryAsync<MailRow>(Command(Mail, letters))).ToLookup(m => m.Letter, m => m.Read());
        var files = (
            await connection.QueryAsync<(Guid Letter, Guid File)>(
                Command("select letter_id, file_id from membership.member_letter_file where letter_id = any(@ids) order by letter_id, place", letters)
            )
        ).ToLookup(f => f.Letter, f => f.File);
        var kept = (await MemberFile.OfMemberAsync(db, MemberId.From(rows[0].Member), ct)).ToDictionary(f => f.Id.Value);
        return
        [
            .. rows.Select(r => new MemberLetter(
                r.Id,
                MemberId.From(r.Member),
                JsonSerializer.Deserialize<LetterFacts>(r.Facts, SerialLetter.Json)!,
                r.Language,
                r.Subject,
                r.Body,
                r.File,
                new DateTimeOffset(r.WrittenAt, TimeSpan.Zero),
                r.WrittenBy,
                [.. files[r.Id].Select(f => kept[f])],
                [.. mails[r.Id]]
            )),
        ];

        CommandDefinition Command(string sql, object parameters) => new(sql, parameters, db.Transaction, cancellationToken: ct);
    }

    // The outgoing mail alone says how far a mail came; that it came back, a person.
    private const string Mail = """
        select m.letter_id as Letter, m.attempt, m.name, m.address, m.with_letter as WithLetter, m.handed_over_at as At, m.handed_over_by as By,
               case when r.letter_id is not null then 'undeliverable'
                    else case s.state when 'sent' then 'accepted' when 'refused' then 'refused' when 'unknown' then 'unknown' when 'withdrawn' then 'withdrawn'
                                      when 'waiting' then 'waiting' when 'sending' then 'waiting' else 'undeliverable' end end as State,
               coalesce(r.noted_at, s.at, m.handed_over_at) as StateAt, r.noted_by as NotedBy, s.last_reply as Answer
          from membership.member_letter_mail m
          left join platform.mail_status s on s.purpose = m.purpose
          left join membership.member_letter_returned r on r.letter_id = m.letter_id and r.attempt = m.attempt
         where m.letter_id = any(@ids) order by m.letter_id, m.attempt desc
        """;

    private sealed class Row
    {
        public Guid Id { get; init; }
        public Guid Member { get; init; }
        public required string Facts { get; init; }
        public required string Language { get; init; }
        public required string Subject { get; init; }
        public required string Body { get; init; }
        public Guid File { get; init; }
        public DateTime WrittenAt { get; init; }
        public required string WrittenBy { get; init; }
    }

    private sealed class MailRow
    {
        public Guid Letter { get; init; }
        public int Attempt { get; init; }
        public required string Name { get; init; }
        public required string Address { get; init; }
        public bool WithLetter { get; init; }
        public DateTime At { get; init; }
        public required string By { get; init; }
        public required string State { get; init; }
        public DateTime StateAt { get; init; }
        public string? NotedBy { get; init; }
        public string? Answer { get; init; }

        public LetterMail Read() =>
            new(
                Attempt,
                Name,
                Address,
                WithLetter,
                new DateTimeOffset(At, TimeSpan.Zero),
                By,
                EnumText.Parse<LetterMailState>(State),
                new DateTimeOffset(StateAt, TimeSpan.Zero),
                NotedBy,
                Answer
            );
    }
}
