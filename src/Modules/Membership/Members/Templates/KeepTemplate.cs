using Association.Membership.Data;
using Association.Membership.Members.Letters;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Lists;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Templates;

/// <summary>Keeps a template: a new one, or another wording of one that is there.</summary>
/// <param name="Id">Null: a new one.</param>
/// <param name="Version">The state that the person saw; of a new one anything.</param>
/// <param name="Name">What the office calls it; no two have the same.</param>
/// <param name="Texts">At most one a language, at least one.</param>
/// <param name="Purpose">The letter that is written with it; no two templates are for the same one. Null: none.</param>
[Permission(MembersFeature.WriteNotes)]
internal sealed record KeepTemplate(LetterTemplateId? Id, uint Version, string Name, IReadOnlyList<SerialText> Texts, LetterPurpose? Purpose = null) : ICommand;

internal static class KeepTemplateHandler
{
    public const int LongestName = 100;

    public static async Task<LetterTemplate?> LoadAsync(KeepTemplate command, MembershipDb db, CancellationToken ct) =>
        command.Id is { } id ? await db.Set<LetterTemplate>().SingleOrDefaultAsync(t => t.Id == id, ct) : null;

    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        KeepTemplate command,
        LetterTemplate? template,
        MembershipDb db,
        IStringLocalizer<LetterTemplateTexts> texts,
        IStringLocalizer<SerialLetterTexts> letters,
        CancellationToken ct
    )
    {
        if (command.Id is not null && TemplateEdit.Check(template, command.Version, texts) is { } gone)
            return [gone];
        var problems = new List<Problem>();
        var (name, own) = (TidyText.Line(command.Name), command.Id ?? default);
        if (name.Length is 0 or > LongestName)
            problems.Add(new(nameof(command.Name), name.Length == 0 ? texts["Problem.NameMissing"] : texts["Problem.NameTooLong", name.Length, LongestName]));
        else if (await db.Set<LetterTemplate>().AnyAsync(t => t.Id != own && EF.Functions.ILike(t.Name, SqlLike.Escape(name)), ct))
            problems.Add(new(nameof(command.Name), texts["Problem.NameTaken", name]));
        if (command.Purpose is { } purpose && await db.Set<LetterTemplate>().FirstOrDefaultAsync(t => t.Id != own && t.Purpose == purpose, ct) is { } other)
            problems.Add(new(nameof(command.Purpose), texts["Problem.PurposeTaken", other.Name]));
        if (command.Texts.Count == 0)
            problems.Add(new("Subject.de", texts["Problem.NoText"]));
        if (command.Texts.Select(t => t.Language).Distinct(StringComparer.Ordinal).Count() < command.Texts.Count)
            problems.Add(new("", texts["Problem.LanguageTwice"]));
        // Each text stands in fields of its own on the page.
        problems.AddRange(command.Texts.Select(t => t.Cleaned()).SelectMany(t => t.Check(letters).Select(p => new Problem($"{p.Field}.{t.Language}", p.Text))));
        return problems;
    }

    public static Guid Handle(KeepTemplate command, LetterTemplate? template, MembershipDb db, CurrentUser user, TimeProvider clock)
    {
        var name = TidyText.Line(command.Name);
        if (template is null)
        {
            template = new LetterTemplate
            {
                Id = LetterTemplateId.New(),
                Name = name,
                ChangedBy = user.Actor.Name,
            };
            db.Add(template);
        }
        (template.Name, template.Purpose) = (name, command.Purpose);
        template.Write([.. command.Texts.Select(t => t.Cleaned())]);
        (template.ChangedAt, template.ChangedBy) = (clock.GetUtcNow(), user.Actor.Name);
        return template.Id.Value;
    }
}

/// <summary>Deletes a template. Letters that were written from it stay as they are.</summary>
[Permission(MembersFeature.WriteNotes)]
internal sealed record DeleteTemplate(LetterTemplateId Id, uint Version) : ICommand;

internal static class DeleteTemplateHandler
{
    public static Task<LetterTemplate?> LoadAsync(DeleteTemplate command, MembershipDb db, CancellationToken ct) =>
        db.Set<LetterTemplate>().SingleOrDefaultAsync(t => t.Id == command.Id, ct);

    public static Problem? Validate(DeleteTemplate command, LetterTemplate? template, IStringLocalizer<LetterTemplateTexts> texts) =>
        TemplateEdit.Check(template, command.Version, texts);

    public static void Handle(DeleteTemplate _, LetterTemplate template, MembershipDb db) => db.Remove(template);
}

internal static class TemplateEdit
{
    /// <summary>The check that every change of a template begins with.</summary>
    /// <exception cref="ConcurrentEditException">Somebody changed it since the person saw it.</exception>
    public static Problem? Check(LetterTemplate? template, uint version, IStringLocalizer<LetterTemplateTexts> texts) =>
        template is null ? new Problem("", texts["Problem.TemplateGone"])
        : template.Version == version ? null
        : throw new ConcurrentEditException(texts["Problem.ConcurrentEdit"]) { Row = ("membership.letter_template", template.Id.Value.ToString()) };

    /// <summary>Without what cannot be seen, with line ends of one kind.</summary>
    public static SerialText Cleaned(this SerialText text) => new SerialText(TidyText.Line(text.Subject), CleanText.Lines(text.Body), text.Language).Trimmed();
}
