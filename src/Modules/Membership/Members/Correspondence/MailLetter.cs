using Association.Billing.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.Members.Templates;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Correspondence;

/// <summary>Mails a letter that was written before: for the first time, or again as a further attempt with a proof of its own.</summary>
/// <param name="Letter">Which.</param>
/// <param name="Seen">Attempts that the person was shown: when there is another one by now, nothing leaves.</param>
/// <param name="Contact">The person of the member to whom it goes; null: to the member itself.</param>
/// <param name="WithLetter">Whether the PDF goes with it.</param>
/// <param name="AsShown">The <see cref="LetterDesk.AsShown"/> that the person saw; null: whatever it is.</param>
[Permission(MembersFeature.WriteNotes)]
internal sealed record MailLetter(Guid Letter, int Seen, ContactId? Contact, bool WithLetter = true, string? AsShown = null) : ICommand;

/// <summary>A letter with whom it can be mailed to now.</summary>
internal sealed record MailableLetter(MemberLetter Letter, LetterDesk Desk);

internal static class MailLetterHandler
{
    public static async Task<MailableLetter?> LoadAsync(
        MailLetter command,
        MembershipDb db,
        IDeliveryChoices choices,
        TimeProvider clock,
        CancellationToken ct
    ) =>
        await MemberLetter.FindAsync(db, command.Letter, ct) is { } letter
        && await LetterDesk.ReadAsync(db, letter.Member, choices, clock.Today(), ct) is { } desk
            ? new MailableLetter(letter, desk)
            : null;

    public static IEnumerable<Problem> Validate(MailLetter command, MailableLetter? found, IStringLocalizer<LetterTemplateTexts> texts)
    {
        if (found is not { Letter: var letter, Desk: var desk })
            return [new Problem("", texts["Problem.LetterGone"])];
        if (letter.Mails.Count != command.Seen)
            return [new Problem("", texts["Problem.SentMeanwhile", letter.LastMail is { } last ? last.By : letter.WrittenBy])];
        if (letter.LastMail is { State: LetterMailState.Waiting or LetterMailState.Unknown })
            return [new Problem("", texts["Problem.UnderWay"])];
        if (desk.Find(command.Contact) is not { } addressee)
            return [new Problem(nameof(command.Contact), texts["Problem.ContactGone"])];
        if (command.AsShown is { } shown && shown != desk.AsShown)
            return [new Problem("", texts["Problem.ChangedSince"])];
        // What was deleted since is not sent again.
        return LetterRules.MailProblems(addressee, [.. letter.Files.Where(f => !f.IsDeleted)], letter.Files.Count, texts);
    }

    public static async Task HandleAsync(MailLetter command, MailableLetter found, LetterHandOver handOver, IAssociationProfiles profiles, CancellationToken ct)
    {
        var letter = found.Letter;
        await handOver.MailAsync(
            new MailedLetter(letter.Id, letter.Mails.Count + 1, letter.Subject, letter.Body, letter.File, letter.Files),
            found.Desk.Find(command.Contact)!,
            command.WithLetter,
            await profiles.CurrentAsync(ct),
            ct
        );
    }
}

/// <summary>Notes that the newest mail of a letter came back although a server had taken it.</summary>
/// <param name="Letter">Which.</param>
/// <param name="Attempt">Which mail.</param>
[Permission(MembersFeature.WriteNotes)]
internal sealed record NoteLetterReturned(Guid Letter, int Attempt) : ICommand;

internal static class NoteLetterReturnedHandler
{
    public static Task<MemberLetter?> LoadAsync(NoteLetterReturned command, MembershipDb db, CancellationToken ct) =>
        MemberLetter.FindAsync(db, command.Letter, ct);

    public static Problem? Validate(NoteLetterReturned command, MemberLetter? letter, IStringLocalizer<LetterTemplateTexts> texts) =>
        letter is null ? new Problem("", texts["Problem.LetterGone"])
        : letter.Mails.Any(m => m.Attempt == command.Attempt && m.State == LetterMailState.Accepted) ? null
        : new Problem("", texts["Problem.NotAccepted"]);

    public static async Task HandleAsync(
        NoteLetterReturned command,
        MemberLetter _,
        MembershipDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    ) =>
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                "insert into membership.member_letter_returned (letter_id, attempt, noted_at, noted_by) values (@Letter, @Attempt, @now, @by)",
                new
                {
                    command.Letter,
                    command.Attempt,
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
}
