using Association.Membership.Members.Letters;
using Association.Platform.Data.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Membership.Members.Templates;

internal readonly record struct LetterTemplateId(Guid Value) : IEntityId<LetterTemplateId>
{
    public static LetterTemplateId From(Guid value) => new(value);

    public static LetterTemplateId New() => EntityIds.New<LetterTemplateId>();
}

/// <summary>What letters to one member begin with: a text in each language that it is needed in, at least one.</summary>
internal sealed class LetterTemplate
{
    public required LetterTemplateId Id { get; init; }
    public required string Name { get; set; }

    /// <summary>The letter that the office writes with it by itself; null: chosen by hand.</summary>
    public LetterPurpose? Purpose { get; set; }
    public string? SubjectDe { get; private set; }
    public string? BodyDe { get; private set; }
    public string? SubjectFr { get; private set; }
    public string? BodyFr { get; private set; }
    public string? SubjectEn { get; private set; }
    public string? BodyEn { get; private set; }
    public DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }

    /// <summary>Changes with every edit (<c>xmin</c>).</summary>
    public uint Version { get; private set; }

    /// <summary>Its texts: German, French, English, as far as there are any.</summary>
    public IReadOnlyList<SerialText> Texts =>
        [
            .. new[] { (SubjectDe, BodyDe, "de"), (SubjectFr, BodyFr, "fr"), (SubjectEn, BodyEn, "en") }
                .Where(t => t.Item1 is not null)
                .Select(t => new SerialText(t.Item1!, t.Item2!, t.Item3)),
        ];

    /// <summary>The text in a language, else the first one.</summary>
    public SerialText For(string language) => Texts.FirstOrDefault(t => t.Language == language) ?? Texts[0];

    public void Write(IReadOnlyList<SerialText> texts)
    {
        (SubjectDe, BodyDe) = Of("de");
        (SubjectFr, BodyFr) = Of("fr");
        (SubjectEn, BodyEn) = Of("en");

        (string?, string?) Of(string language) => texts.FirstOrDefault(t => t.Language == language) is { } text ? (text.Subject, text.Body) : (null, null);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<LetterTemplate>
    {
        public void Configure(EntityTypeBuilder<LetterTemplate> builder)
        {
            builder.Property(t => t.Version).IsRowVersion();
            builder.Ignore(t => t.Texts);
        }
    }
}
