using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace Association.Platform.Data.PersonalLinks;

/// <summary>What the holder of a secret has of it.</summary>
public enum PersonalLinkKind
{
    /// <summary>256 bits in the address of a page; nobody types it.</summary>
    Link,

    /// <summary>A few characters on paper, typed beside something that names the subject, such as a member's number.</summary>
    Code,
}

/// <summary>
/// Secrets that let somebody without a login at one thing: a self-declaration, a registration, a reader's settings. Kept is the SHA-256 alone: whoever reads
/// the database, or a backup of it, opens nothing. A subject may have several at once, so that an older mail goes on working beside its reminder.
/// </summary>
/// <remarks>
/// A module has a table of its own for them (one schema a module), with the columns <c>digest bytea primary key</c>, <c>subject_id uuid</c>,
/// <c>kind text</c> (<c>link</c>, <c>code</c>), <c>issued_at</c>, <c>valid_until</c> and <c>revoked_at timestamptz</c>. Works over the caller's connection,
/// in its transaction; thread-safe.
/// </remarks>
/// <param name="table">With its schema: <c>membership.declaration_link</c>; never what somebody typed.</param>
public sealed class PersonalLinks(string table)
{
    /// <summary>Characters of a short code: 50 bits, for which tries have to be counted.</summary>
    public const int CodeCharacters = 10;

    private const int Bytes = 32;

    /// <summary>Issues a secret for each subject. They are told here once and stored nowhere.</summary>
    /// <returns>In the order of the subjects.</returns>
    public async Task<IReadOnlyList<string>> IssueAsync(
        NpgsqlConnection connection,
        PersonalLinkKind kind,
        IReadOnlyList<Guid> subjects,
        DateTimeOffset now,
        DateTimeOffset validUntil,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(subjects);
        var secrets = subjects.Select(_ => kind == PersonalLinkKind.Link ? NewLink() : ReadableCode.New(CodeCharacters)).ToList();
        await connection.ExecuteAsync(
            new CommandDefinition(
                $"""
                insert into {table} (digest, subject_id, kind, issued_at, valid_until)
                select x.digest, x.subject, @kind, @now, @validUntil from unnest(@digests, @subjects) as x (digest, subject)
                """,
                new
                {
                    kind = EnumText.Of(kind),
                    now,
                    validUntil,
                    digests = secrets.Zip(subjects, (secret, subject) => DigestOf(kind, secret, subject)).ToArray(),
                    subjects = subjects.ToArray(),
                },
                cancellationToken: ct
            )
        );
        return secrets;
    }

    /// <summary>What a link is for; null for one that is unknown, mutilated, over or revoked.</summary>
    public async Task<Guid?> FindAsync(NpgsqlConnection connection, string? link, DateTimeOffset now, CancellationToken ct) =>
        IsLink(link)
            ? await connection.ExecuteScalarAsync<Guid?>(
                new CommandDefinition(
                    $"select subject_id from {table} where digest = @digest and kind = 'link' and revoked_at is null and valid_until > @now",
                    new { digest = DigestOf(PersonalLinkKind.Link, link!, default), now },
                    cancellationToken: ct
                )
            )
            : null;

    /// <summary>Whether a code is one of the subject's. Who asks counts the tries.</summary>
    public Task<bool> OpensAsync(NpgsqlConnection connection, Guid subject, string code, DateTimeOffset now, CancellationToken ct) =>
        connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                $"""
                select exists (select from {table}
                                where digest = @digest and subject_id = @subject and kind = 'code' and revoked_at is null and valid_until > @now)
                """,
                new
                {
                    digest = DigestOf(PersonalLinkKind.Code, code, subject),
                    subject,
                    now,
                },
                cancellationToken: ct
            )
        );

    /// <summary>Whatever was issued for these opens nothing any more.</summary>
    public Task RevokeAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> subjects, DateTimeOffset now, CancellationToken ct) =>
        connection.ExecuteAsync(
            new CommandDefinition(
                $"update {table} set revoked_at = @now where subject_id = any (@subjects) and revoked_at is null",
                new { subjects = subjects.ToArray(), now },
                cancellationToken: ct
            )
        );

    private static string NewLink() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    // Nothing else is looked up, however long it is.
    private static bool IsLink(string? text) => text is { Length: (Bytes * 4 + 2) / 3 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    // Two subjects may get the same code; its digest is of both.
    private static byte[] DigestOf(PersonalLinkKind kind, string secret, Guid subject) =>
        kind == PersonalLinkKind.Link
            ? SHA256.HashData(Encoding.ASCII.GetBytes(secret))
            : SHA256.HashData([.. subject.ToByteArray(), .. ReadableCode.Digest(secret)]);
}
