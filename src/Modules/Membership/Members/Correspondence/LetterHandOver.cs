using Association.Membership.Data;
using Association.Membership.Members.Files;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Mail;
using Dapper;

namespace Association.Membership.Members.Correspondence;

/// <summary>A letter that goes by mail.</summary>
/// <param name="Id">Which.</param>
/// <param name="Attempt">1, 2, …: the key by which no attempt is mailed twice.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">Filled in.</param>
/// <param name="File">The letter's own file.</param>
/// <param name="Attached">The member's files that go with it.</param>
internal sealed record MailedLetter(Guid Id, int Attempt, string Subject, string Body, Guid File, IReadOnlyList<MemberFile> Attached);

/// <summary>Hands letters over to the outgoing mail, in the running transaction: the note and the mail are committed together or not at all.</summary>
internal sealed class LetterHandOver(MembershipDb db, IOutgoingMails mails, CurrentUser user, TimeProvider clock)
{
    /// <summary>Later a letter by mail is stale: whoever wrote it is told and sends it again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    /// <exception cref="Npgsql.PostgresException">This attempt was made already (unique violation).</exception>
    public async Task MailAsync(MailedLetter letter, LetterAddressee to, bool withLetter, AssociationProfile association, CancellationToken ct)
    {
        var (now, purpose, name) = (clock.GetUtcNow(), $"member-letter:{letter.Id}.{letter.Attempt}", CleanText.Line(to.Name));
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                insert into membership.member_letter_mail (letter_id, attempt, purpose, name, address, with_letter, handed_over_at, handed_over_by)
                values (@Id, @Attempt, @purpose, @name, @Email, @withLetter, @now, @by)
                """,
                new
                {
                    letter.Id,
                    letter.Attempt,
                    purpose,
                    name,
                    to.Email,
                    withLetter,
                    now,
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        var attached = letter.Attached.Select(f => f.Archived);
        await mails.AddAsync(
            new NewMail(purpose, name, to.Email!, letter.Subject, TextOf(letter.Body, association), now + Patience)
            {
                Attachments = [.. withLetter ? attached.Prepend(letter.File) : attached],
            },
            ct
        );
    }

    /// <summary>What the mail says: the letter's own words, and who writes.</summary>
    public static string TextOf(string body, AssociationProfile association) => body + "\n\n" + association.Signature();
}
