using System.Text.Json;
using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Files;
using Association.Membership.Members.Letters;
using Association.Membership.Members.Templates;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Correspondence;

/// <summary>A letter to one member that can be written.</summary>
/// <param name="Member">To whom.</param>
/// <param name="To">As it is addressed.</param>
/// <param name="Facts">What its fields say.</param>
/// <param name="Way">On paper, or by mail.</param>
/// <param name="Text">Cleaned, with its fields.</param>
/// <param name="WithLetter">By mail: whether the PDF goes with it.</param>
/// <param name="Files">By mail: files of the member that go with it.</param>
internal sealed record NewLetter(
    MemberId Member,
    LetterAddressee To,
    LetterFacts Facts,
    LetterWay Way,
    SerialText Text,
    bool WithLetter,
    IReadOnlyList<MemberFile> Files
);

/// <summary>Writes letters in the running transaction: the archived file, the letter, and its mail when it leaves that way.</summary>
internal sealed class LetterWriting(MembershipDb db, IAssociationProfiles profiles, LetterHandOver handOver, CurrentUser user, TimeProvider clock)
{
    /// <returns>The id of the letter.</returns>
    public async Task<Guid> WriteAsync(NewLetter letter, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var filled = letter.Text.Fill(letter.Facts, clock.Today());
        var association = await profiles.CurrentAsync(ct);
        var file = LetterFile.Write(letter.Text, letter.Facts, now, association);
        var (connection, id, body) = (await db.ConnectionAsync(ct), Guid.CreateVersion7(), string.Join("\n\n", filled.Paragraphs));
        await FileArchive.AddAsync(connection, [file], ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into membership.member_letter (id, member_id, facts, language, subject, body, archive_file_id, written_at, written_by)
                  values (@id, @member, @facts::jsonb, @Language, @Subject, @body, @file, @now, @by);
                insert into membership.member_letter_file (letter_id, place, file_id)
                  select @id, x.place, x.file from unnest(@files) with ordinality as x (file, place);
                """,
                new
                {
                    id,
                    member = letter.Member.Value,
                    facts = JsonSerializer.Serialize(letter.Facts, SerialLetter.Json),
                    letter.Text.Language,
                    filled.Subject,
                    body,
                    file = file.Id,
                    now,
                    by = user.Actor.Name,
                    files = letter.Files.Select(f => f.Id.Value).ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (letter.Way == LetterWay.Mail)
            await handOver.MailAsync(new MailedLetter(id, 1, filled.Subject, body, file.Id, letter.Files), letter.To, letter.WithLetter, association, ct);
        return id;
    }
}

/// <summary>A letter that follows from an act of the office, as it would leave now: to the member itself, by the member's own way.</summary>
/// <param name="Desk">What is known of the member.</param>
/// <param name="Facts">What its fields say.</param>
/// <param name="Text">Of the office's template, or as it comes with the product, in the member's language.</param>
internal sealed record RaisedLetter(LetterDesk Desk, LetterFacts Facts, SerialText Text)
{
    /// <summary>As it would be written, by a way and in words that a person may have changed.</summary>
    public NewLetter As(LetterWay way, SerialText text) => new(Desk.Member.Id, Desk.Addressees[0], Facts, way, text, WithLetter: true, []);

    /// <summary>What keeps it from leaving.</summary>
    public IEnumerable<Problem> Problems(
        LetterWay way,
        SerialText text,
        DateOnly day,
        IStringLocalizer<LetterTemplateTexts> texts,
        IStringLocalizer<SerialLetterTexts> letters
    ) => LetterRules.TextProblems(text, Facts, day, texts, letters).Concat(LetterRules.WayProblems(Desk, Desk.Addressees[0], way, [], 0, texts));

    /// <summary>Null when there is no such member.</summary>
    public static async Task<RaisedLetter?> PrepareAsync(
        MembershipDb db,
        MemberId member,
        LetterPurpose purpose,
        IDeliveryChoices choices,
        DateOnly today,
        CancellationToken ct
    )
    {
        if (await LetterDesk.ReadAsync(db, member, choices, today, ct) is not { } desk)
            return null;
        var language = desk.Member.Language;
        return new RaisedLetter(desk, desk.FactsFor(desk.Addressees[0], language), await LetterPurposes.TextAsync(db, purpose, language, ct));
    }
}
