using System.Text.RegularExpressions;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Record;

/// <summary>What a person types about a member when admitting and editing it; texts as typed.</summary>
internal sealed record MemberDetails(
    MemberKind Kind,
    string Name,
    string Addition,
    string Street,
    string PostalCode,
    string Town,
    string Country,
    string Language,
    string? Email,
    string? Phone,
    bool NoPost,
    string? BuyerReference,
    string Remark
)
{
    /// <summary>Without blanks around texts; what is blank and optional is null.</summary>
    public MemberDetails Tidy() =>
        this with
        {
            Name = Single(Name),
            Addition = Single(Addition),
            Street = Single(Street),
            PostalCode = Single(PostalCode),
            Town = Single(Town),
            Country = Country.Trim().ToUpperInvariant(),
            Email = TidyText.OrNull(Email),
            Phone = TidyText.OrNull(Phone),
            BuyerReference = TidyText.OrNull(BuyerReference),
            Remark = CleanText.Lines(Remark).Trim(),
        };

    /// <summary>What is wrong; call it on tidy details.</summary>
    public IEnumerable<Problem> Problems(IStringLocalizer<MembersTexts> texts)
    {
        if (Name.Length == 0)
            yield return new(nameof(Name), texts["Problem.NameMissing"]);
        foreach (
            var (field, value, limit) in new[]
            {
                (nameof(Name), Name, 300),
                (nameof(Addition), Addition, 200),
                (nameof(Street), Street, 200),
                (nameof(PostalCode), PostalCode, 16),
                (nameof(Town), Town, 100),
                (nameof(Phone), Phone ?? "", 60),
                (nameof(BuyerReference), BuyerReference ?? "", 60),
                (nameof(Remark), Remark, 4000),
            }
        )
            if (value.Length > limit)
                yield return new(field, texts["Problem.TooLong", value.Length, limit]);
        if (!Countries.IsCode(Country))
            yield return new(nameof(Country), texts["Problem.Country"]);
        if (Language is not ("de" or "fr" or "en"))
            yield return new(nameof(Language), texts["Problem.Language"]);
        if (Email is not null && !EmailAddress.TryParse(Email, out _, out var fault))
            yield return new(nameof(Email), texts[$"Email.{fault}"]);
        if (BuyerReference is not null && LeitwegShape.IsMatch(BuyerReference) && !LeitwegId.TryParse(BuyerReference, out _, out _))
            yield return new(nameof(BuyerReference), texts["Problem.LeitwegId"]);
    }

    public void Apply(Member member)
    {
        member.Kind = Kind;
        member.Name = Name;
        member.Address = new Address(Addition, Street, PostalCode, Town, Country);
        member.Language = Language;
        member.Email = Email;
        member.Phone = Phone;
        member.NoPost = NoPost;
        member.BuyerReference = BuyerReference;
        member.Remark = Remark;
    }

    public static MemberDetails Of(Member m) =>
        new(
            m.Kind,
            m.Name,
            m.Address.Addition,
            m.Address.Street,
            m.Address.PostalCode,
            m.Address.Town,
            m.Address.Country,
            m.Language,
            m.Email,
            m.Phone,
            m.NoPost,
            m.BuyerReference,
            m.Remark
        );

    private static string Single(string text) => TidyText.Line(text);

    // Only what has three parts is surely meant as a Leitweg-ID: a Kassenzeichen may look like 12345-67.
    private static readonly Regex LeitwegShape = new(
        @"\A[0-9]{2,12}-[0-9A-Za-z]{1,30}-[0-9]{2}\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    );
}

/// <summary>Texts as they are kept: one line, single blanks, nothing that does not print.</summary>
internal static partial class TidyText
{
    public static string Line(string? text) => Blanks().Replace(CleanText.Line(text ?? ""), " ").Trim();

    public static string? OrNull(string? text) => Line(text) is { Length: > 0 } line ? line : null;

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
