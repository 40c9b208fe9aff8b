using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;

namespace Association.Membership.Applications.Model;

/// <summary>What an applicant agrees to.</summary>
internal enum ConsentKind
{
    /// <summary>Statutes and dues regulation are accepted.</summary>
    Statutes,

    /// <summary>The privacy notice was read.</summary>
    Privacy,

    /// <summary>SEPA mandate: the creditor may collect.</summary>
    Mandate,
}

/// <summary>One consent, with the very words.</summary>
/// <param name="Kind">To what.</param>
/// <param name="Version">Of the wording: <see cref="Consents.Version"/>.</param>
/// <param name="Language">In which it was read.</param>
/// <param name="Text">As it stood beside the box.</param>
/// <param name="GivenAt">When the form was sent.</param>
internal sealed record Consent(ConsentKind Kind, string Version, string Language, string Text, DateTimeOffset GivenAt);

internal static class Consents
{
    /// <summary>Raised with each change of the wording in the texts.</summary>
    public const string Version = "2026-11";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The words beside the box, in the reader's language.</summary>
    public static string Wording(ConsentKind kind, AssociationProfile association, string language)
    {
        var say = LetterLanguage.Of(language, typeof(ApplicationTexts));
        return say[$"Consent.{kind}", association.Name, association.CreditorId];
    }

    /// <summary>Those that are given with a form.</summary>
    public static IReadOnlyList<Consent> Of(bool mandate, AssociationProfile association, DateTimeOffset at)
    {
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        ConsentKind[] kinds = mandate ? [ConsentKind.Statutes, ConsentKind.Privacy, ConsentKind.Mandate] : [ConsentKind.Statutes, ConsentKind.Privacy];
        return [.. kinds.Select(k => new Consent(k, Version, language, Wording(k, association, language), at))];
    }

    public static string Write(IReadOnlyList<Consent> consents) => JsonSerializer.Serialize(consents, Json);

    public static IReadOnlyList<Consent> Read(string stored) => JsonSerializer.Deserialize<List<Consent>>(stored, Json)!;
}
