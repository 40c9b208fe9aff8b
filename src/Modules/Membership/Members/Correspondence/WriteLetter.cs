using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Files;
using Association.Membership.Members.Letters;
using Association.Membership.Members.Model;
using Association.Membership.Members.Templates;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace Association.Membership.Members.Correspondence;

/// <summary>Writes to one member. The letter is archived as a PDF whichever way it leaves.</summary>
/// <param name="Member">To whom.</param>
/// <param name="Contact">The person of the member whom it addresses; null: the member itself.</param>
/// <param name="Way">On paper, or by mail.</param>
/// <param name="Text">With its fields.</param>
/// <param name="WithLetter">By mail: whether the PDF goes with it.</param>
/// <param name="Files">By mail: files of the member that go with it, in this order.</param>
/// <param name="AsShown">The <see cref="LetterDesk.AsShown"/> that the person saw; null: whatever it is.</param>
[Permission(MembersFeature.WriteNotes)]
internal sealed record WriteLetter(
    MemberId Member,
    ContactId? Contact,
    LetterWay Way,
    SerialText Text,
    bool WithLetter = true,
    IReadOnlyList<MemberFileId>? Files = null,
    string? AsShown = null
) : ICommand;

internal static class WriteLetterHandler
{
    public static Task<LetterDesk?> LoadAsync(WriteLetter command, MembershipDb db, IDeliveryChoices choices, TimeProvider clock, CancellationToken ct) =>
        LetterDesk.ReadAsync(db, command.Member, choices, clock.Today(), ct);

    public static IEnumerable<Problem> Validate(
        WriteLetter command,
        LetterDesk? desk,
        TimeProvider clock,
        IStringLocalizer<LetterTemplateTexts> texts,
        IStringLocalizer<SerialLetterTexts> letters,
        IStringLocalizer<MembersTexts> members
    )
    {
        if (desk is null)
            return [new Problem("", members["Problem.MemberGone"])];
        if (desk.Find(command.Contact) is not { } addressee)
            return [new Problem(nameof(command.Contact), texts["Problem.ContactGone"])];
        if (command.AsShown is { } shown && shown != desk.AsShown)
            return [new Problem("", texts["Problem.ChangedSince"])];
        return LetterRules
            .TextProblems(command.Text.Cleaned(), desk.FactsFor(addressee, command.Text.Language), clock.Today(), texts, letters)
            .Concat(LetterRules.WayProblems(desk, addressee, command.Way, Chosen(command, desk), command.Files?.Count ?? 0, texts));
    }

    public static async Task<Guid> HandleAsync(
        WriteLetter command,
        LetterDesk desk,
        MembershipDb db,
        LetterWriting writing,
        IStringLocalizer<LetterTemplateTexts> texts,
        CancellationToken ct
    )
    {
        var (text, addressee) = (command.Text.Cleaned(), desk.Find(command.Contact)!);
        var attached = command.Way == LetterWay.Mail ? Chosen(command, desk) : [];
        await HoldAsync(attached, await db.ConnectionAsync(ct), db, texts, ct);
        return await writing.WriteAsync(
            new NewLetter(command.Member, addressee, desk.FactsFor(addressee, text.Language), command.Way, text, command.WithLetter, attached),
            ct
        );
    }

    // Until the letter is written nobody deletes what goes with it; what somebody has deleted since it was chosen does not go.
    private static async Task HoldAsync(
        IReadOnlyList<MemberFile> files,
        NpgsqlConnection connection,
        MembershipDb db,
        IStringLocalizer<LetterTemplateTexts> texts,
        CancellationToken ct
    )
    {
        if (files.Count == 0)
            return;
        var held = await connection.QueryAsync<Guid>(
            new CommandDefinition(
                "select id from membership.member_file where id = any (@ids) and deleted_at is null order by id for share",
                new { ids = files.Select(f => f.Id.Value).ToArray() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (held.Count() < files.Count)
            throw new ProblemsException([new Problem(nameof(WriteLetter.Files), texts["Problem.FilesGone"])]);
    }

    private static IReadOnlyList<MemberFile> Chosen(WriteLetter command, LetterDesk desk) =>
        [.. (command.Files ?? []).Distinct().Select(id => desk.Files.FirstOrDefault(f => f.Id == id)).OfType<MemberFile>()];
}

internal static class LetterRules
{
    /// <summary>So much goes with a mail: more is refused by many servers, and a mail is a third larger than its files.</summary>
    public const int MostAttachedMegabytes = 12;

    /// <summary>What keeps a text from being a letter to this member; a field that says nothing would leave a hole.</summary>
    public static IEnumerable<Problem> TextProblems(
        SerialText text,
        LetterFacts facts,
        DateOnly day,
        IStringLocalizer<LetterTemplateTexts> texts,
        IStringLocalizer<SerialLetterTexts> letters
    )
    {
        var wrong = text.Check(letters).ToList();
        return wrong.Count > 0
            ? wrong
            : text.Holes(facts, day)
                .Select(h => new Problem(h.Place, texts["Problem.Hole", SerialFields.All.NameOf(h.Field, text.Language), letters["Field." + h.Field].Value]));
    }

    /// <summary>What keeps a letter from leaving that way.</summary>
    public static IEnumerable<Problem> WayProblems(
        LetterDesk desk,
        LetterAddressee addressee,
        LetterWay way,
        IReadOnlyList<MemberFile> files,
        int wanted,
        IStringLocalizer<LetterTemplateTexts> texts
    ) => way == LetterWay.Paper ? PaperProblems(desk, texts) : MailProblems(addressee, files, wanted, texts);

    private static IEnumerable<Problem> PaperProblems(LetterDesk desk, IStringLocalizer<LetterTemplateTexts> texts)
    {
        if (desk.Member.NoPost)
            yield return new Problem(nameof(WriteLetter.Way), texts["Problem.NoPost", desk.Addressees[0].Name]);
        else if (!desk.Member.Address.IsComplete)
            yield return new Problem(nameof(WriteLetter.Way), texts["Problem.NoAddress", desk.Addressees[0].Name]);
    }

    public static IEnumerable<Problem> MailProblems(
        LetterAddressee addressee,
        IReadOnlyList<MemberFile> files,
        int wanted,
        IStringLocalizer<LetterTemplateTexts> texts
    )
    {
        if (addressee.Email is null)
            yield return new Problem(nameof(WriteLetter.Contact), texts["Problem.NoEmail", addressee.Name]);
        if (files.Count < wanted)
            yield return new Problem(nameof(WriteLetter.Files), texts["Problem.FilesGone"]);
        if (files.Sum(f => (long)f.Size) > MostAttachedMegabytes * 1024L * 1024)
            yield return new Problem(nameof(WriteLetter.Files), texts["Problem.FilesSize", MostAttachedMegabytes]);
    }
}
