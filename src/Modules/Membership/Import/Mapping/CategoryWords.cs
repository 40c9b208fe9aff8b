using Association.Membership.Import.Reading;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Import.Mapping;

/// <summary>Words by which lists name the categories, in German, French and English, singular or plural.</summary>
internal static class CategoryWords
{
    private static readonly (string Code, string[] Stems)[] Stems =
    [
        (
            "insurer",
            [
                "krankenkasse",
                "krankenversicher",
                "ersatzkasse",
                "betriebskrankenkasse",
                "innungskrankenkasse",
                "versicherung",
                "kostentraeger",
                "pflegekasse",
                "healthinsur",
                "insurer",
                "insurance",
                "sickness",
                "caissemaladie",
                "caissesmaladie",
                "caissedassurance",
                "caissesdassurance",
                "assurancemaladie",
                "assurance",
                "assureur",
                "mutuelle",
                "privatekrankenversicher",
                "privateinsur",
                "privatehealthinsur",
            ]
        ),
        (
            "welfare",
            [
                "wohlfahrt",
                "rettungs",
                "rettungsdienst",
                "pflegeverb",
                "pflegedienst",
                "pflegeheim",
                "pflegeeinrichtung",
                "pflegegesellschaft",
                "sozialverb",
                "sozialstation",
                "sozialdienst",
                "hilfsorganisation",
                "welfare",
                "rescue",
                "ambulance",
                "care",
                "carehome",
                "nursing",
                "charity",
                "charities",
                "aidesociale",
                "secours",
                "soins",
                "associationdaide",
                "associationsdaide",
                "bienfaisance",
                "ehpad",
            ]
        ),
        (
            "practice",
            [
                "arztprax",
                "arzt",
                "aerzt",
                "praxis",
                "praxen",
                "apothek",
                "mvz",
                "zahnarzt",
                "zahnaerzt",
                "medizinischesversorgungszentrum",
                "therapeut",
                "doctor",
                "practice",
                "medicalpractice",
                "physician",
                "pharmac",
                "gp",
                "cabinet",
                "medecin",
                "cabinetmedical",
                "pharmacie",
                "officine",
            ]
        ),
        (
            "hospital",
            [
                "krankenh",
                "klinik",
                "kliniken",
                "klinikum",
                "spital",
                "rehaklinik",
                "rehazentrum",
                "rehabilitation",
                "hospital",
                "clinic",
                "hopital",
                "hopitaux",
                "clinique",
                "etablissementhospitalier",
                "etablissementshospitaliers",
                "hospitalier",
                "centrehospitalier",
                "privatklinik",
                "privatehospital",
                "privateclinic",
            ]
        ),
        (
            "research",
            [
                "forschung",
                "lehre",
                "hochschul",
                "universit",
                "wissenschaft",
                "institut",
                "fakultaet",
                "bildung",
                "research",
                "teaching",
                "academ",
                "science",
                "recherche",
                "enseignement",
            ]
        ),
        (
            "ministry",
            [
                "minister",
                "bundesminister",
                "landesminister",
                "ministerium",
                "senatsverwaltung",
                "landesbehoerde",
                "landesregierung",
                "ministry",
                "ministries",
                "ministere",
                "governmentdepartment",
            ]
        ),
        (
            "municipality",
            [
                "kommun",
                "gemeinde",
                "stadt",
                "staedte",
                "landkreis",
                "kreis",
                "gebietskoerperschaft",
                "verbandsgemeinde",
                "municipal",
                "communes",
                "town",
                "city",
                "cities",
                "council",
                "localauthorit",
                "county",
                "district",
                "commune",
                "collectivite",
                "ville",
                "mairie",
                "departement",
            ]
        ),
        (
            "person",
            [
                "privatperson",
                "privat",
                "person",
                "einzelperson",
                "einzelmitglied",
                "natuerlicheperson",
                "foerdermitgliedprivat",
                "individual",
                "private",
                "privateperson",
                "privateindividual",
                "people",
                "naturalperson",
                "particulier",
                "personnephysique",
                "individu",
                "membreindividuel",
            ]
        ),
        (
            "company",
            [
                "unternehmen",
                "firma",
                "firmen",
                "betrieb",
                "wirtschaft",
                "industrie",
                "gewerbe",
                "dienstleister",
                "handwerk",
                "sanitaetshaus",
                "company",
                "companies",
                "business",
                "enterprise",
                "corporat",
                "firm",
                "industry",
                "entreprise",
                "societe",
                "industriel",
                "privatecompany",
                "privatebusiness",
                "privatwirtschaft",
                "privatunternehmen",
            ]
        ),
    ];

    private static readonly HashSet<string> Codes = [.. Stems.Select(s => s.Code)];

    /// <summary>The categories that the product knows.</summary>
    public static bool IsCode(string code) => Codes.Contains(code);

    /// <summary>The category that a word means; null when a person has to say it.</summary>
    /// <remarks>The whole word comes first, then its beginning, then the beginnings of the words in it; two answers are no answer.</remarks>
    public static string? Find(string word)
    {
        var key = HeaderWords.Key(word);
        if (key.Length is 0 or > 80)
            return null;
        if (Codes.Contains(key))
            return key;
        var exact = Stems.Where(s => s.Stems.Contains(key)).Select(s => s.Code).ToArray();
        if (exact.Length == 1)
            return exact[0];
        if (Longest(key) is { } whole)
            return whole;
        var parts = PlainText
            .Fold(word)
            .Split([' ', '/', '-', '&', ',', '(', ')', '.'], StringSplitOptions.RemoveEmptyEntries)
            .Select(HeaderWords.Key)
            .Where(p => p.Length > 3);
        var codes = parts.Select(Longest).OfType<string>().Distinct().ToArray();
        return codes.Length == 1 ? codes[0] : null;
    }

    private static string? Longest(string key) =>
        Stems
            .SelectMany(s => s.Stems.Where(stem => stem.Length > 3 && key.StartsWith(stem, StringComparison.Ordinal)).Select(stem => (s.Code, stem.Length)))
            .OrderByDescending(hit => hit.Length)
            .Select(hit => hit.Code)
            .FirstOrDefault();
}
