using Association.Membership.Members.Model;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Members.Demo;

/// <summary>A member to be invented.</summary>
internal sealed record DemoPlan(string Name, string Category, Measure? Measure, int? Value, Money DuesLastTime);

/// <summary>The words of the invented membership; nobody of these exists.</summary>
internal static class DemoNames
{
    public static readonly (string PostalCode, string Name)[] Towns =
    [
        ("66111", "Saarbrücken"),
        ("66424", "Homburg"),
        ("66538", "Neunkirchen"),
        ("66440", "Blieskastel"),
        ("66333", "Völklingen"),
        ("66663", "Merzig"),
        ("66606", "St. Wendel"),
        ("66740", "Saarlouis"),
        ("66822", "Lebach"),
        ("66386", "St. Ingbert"),
        ("57600", "Forbach"),
    ];

    public static readonly string[] Streets =
    [
        "Am Bürgerpark",
        "Hafenstraße",
        "Europaallee",
        "Kirchweg",
        "Winterberg",
        "Bahnhofstraße",
        "Am Ludwigsplatz",
        "Zum Bergwerk",
    ];

    public static readonly string[] People =
    [
        "Petra Leidinger",
        "Björn Öztürk",
        "Dr. Cécile Wagner",
        "Ines Roth",
        "Tobias Küfer",
        "Gülay Jäckel",
        "Hans-Jörg Becker",
        "Ute Schneider",
        "Zoé Petit",
        "Dieter Straßer",
        "Nora Weiß",
        "Martin Schäfer",
        "Léa Hürter",
        "Sabine Altmeyer",
        "Rüdiger Ney",
    ];

    private static readonly string[] Pharmacies = ["Bären", "Löwen", "Rosen"];

    private static readonly string[] Families = ["Altmeyer", "Backes", "Fünfrocken", "Groß", "Hürter", "Jäckel", "Kessler", "Müller", "Öztürk", "Thull"];

    public static IEnumerable<DemoPlan> All()
    {
        foreach (
            var (name, beds) in new[]
            {
                ("Waldkrankenhaus Lebach gGmbH", 412),
                ("Kreiskrankenhaus Merzig gGmbH", 310),
                ("Marienkrankenhaus Homburg", 640),
                ("Reha-Zentrum Blieskastel GmbH", 180),
                ("Fachklinik Winterberg gGmbH", 96),
            }
        )
            yield return new(
                name,
                "hospital",
                Measure.Beds,
                beds,
                new Money(
                    beds >= 300 ? 3500
                    : beds >= 100 ? 1500
                    : 900
                )
            );
        foreach (var name in new[] { "IKK Bliesgau", "BKK Hüttenwerke", "Regionalkasse Saartal" })
            yield return new(name, "insurer", null, null, new Money(2775));
        foreach (
            var (name, staff) in new[]
            {
                ("Caritas-Pflegeverbund Bliesgau e. V.", 240),
                ("Rettungsdienst Saartal gGmbH", 86),
                ("Sozialstation St. Wendel", 31),
                ("Hospizverein Warndt e. V.", 12),
                ("Lebenshilfe Ostertal gGmbH", 155),
            }
        )
            yield return new(name, "welfare", Measure.Employees, staff, new Money(staff >= 100 ? 620 : 350));
        for (var i = 0; i < Families.Length; i++)
            yield return new(Practice(i), "practice", null, null, new Money(120));
        foreach (
            var (name, staff) in new[]
            {
                ("Kessler Medizintechnik GmbH", 49),
                ("Weiß & Söhne KG", 8),
                ("medibliess software AG", 130),
                ("Küfer Catering GmbH", 62),
                ("Sanitätshaus Altmeyer", 24),
                ("Laborverbund Saarpfalz GmbH", 310),
                ("Pflegebett Service Roth e. K.", 5),
            }
        )
            yield return new(
                name,
                "company",
                Measure.Employees,
                staff,
                new Money(
                    staff >= 250 ? 1900
                    : staff >= 50 ? 950
                    : staff >= 10 ? 450
                    : 250
                )
            );
        foreach (
            var name in new[]
            {
                "Hochschule Saartal, Institut für Gesundheitsforschung",
                "Universität Bliesland, Medizinische Fakultät",
                "Zentrum für Versorgungsforschung Homburg",
            }
        )
            yield return new(name, "research", null, null, new Money(500));
        foreach (
            var (name, people) in new[]
            {
                ("Stadt Blieskastel", 20_600),
                ("Landkreis Saarpfalz", 142_000),
                ("Gemeinde Ostertal", 4_200),
                ("Stadt Lebach", 19_300),
                ("Regionalverband Warndt", 89_000),
            }
        )
            yield return new(name, "municipality", Measure.Inhabitants, people, Money.Round(Math.Clamp(0.05m * people, 250, 4500)));
        yield return new("Ministerium für Gesundheit und Pflege", "ministry", null, null, new Money(600));
        yield return new("Staatskanzlei, Referat Grenzregion", "ministry", null, null, new Money(600));
        for (var i = 0; i < 20; i++)
            yield return new($"{Families[i * 3 % Families.Length]}, {GivenName(i * 4 + i / 10)}", "person", null, null, new Money(60));
    }

    private static string Practice(int i) =>
        (i % 3) switch
        {
            0 => $"Dr. med. {GivenName(i)} {Families[i]}",
            1 => $"{Pharmacies[i / 3 % 3]}-Apotheke {Towns[i].Name}",
            _ => $"Praxis Dres. {Families[i]} / {Families[(i + 4) % Families.Length]}",
        };

    private static string GivenName(int i) => People[i % People.Length].Split(' ')[^2];

    public static string MailOf(string name)
    {
        var parts = name.Replace("Dr. ", "", StringComparison.Ordinal).ToLowerInvariant().Split(' ');
        return $"{Plain(parts[0])[0]}.{Plain(parts[^1])}@example.com";
    }

    /// <summary>What the list of members left open about the member at this position.</summary>
    public static (ClarificationKind Kind, string Text, string Value)? ToClarify(int i) =>
        i switch
        {
            2 or 17 => (ClarificationKind.BillingRecipient, Said("Recipient"), "Rechnung an Träger"),
            7 => (ClarificationKind.NoPost, Said("NoPost"), "bitte KEINE Post!"),
            11 or 26 => (ClarificationKind.PaymentRoute, Said("Transfer"), "zahlt immer per Überweisung"),
            31 => (ClarificationKind.Reduction, Said("Reduction"), "Beitrag ermäßigt lt. Vorstand 12.3.19"),
            _ => null,
        };

    private static string Said(string what) => StoredText.Of<MembersTexts>("Demo." + what).ToString();

    private static string Plain(string text) =>
        text.Replace("ä", "ae", StringComparison.Ordinal)
            .Replace("ö", "oe", StringComparison.Ordinal)
            .Replace("ü", "ue", StringComparison.Ordinal)
            .Replace("ß", "ss", StringComparison.Ordinal)
            .Replace("é", "e", StringComparison.Ordinal);
}
