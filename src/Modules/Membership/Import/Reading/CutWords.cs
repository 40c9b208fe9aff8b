using Association.Membership.Import.Mapping;

namespace Association.Membership.Import.Reading;

/// <summary>
/// Reads a header word by word: „Mitgl.-Nr.“, „Betten-Anz.“, „Tel. privat“, „Zahl der Planbetten“. A word before a full stop may be any word that begins
/// like it; a plural or a compound stands for the word in it. What then fits several fields is for a person to say.
/// </summary>
internal sealed class CutWords(IReadOnlyDictionary<string, MemberField> known)
{
    private const int MostWords = 8;
    private const int ShortestPlural = 5; // „Seiten“ is no plural of „seit“

    private static readonly HashSet<string> Fillers =
    [
        .. "der die das des dem den und u in im am an zum zur fuer laut lt of the and per de du d la le les l et en mitglieds mitgliedes aktuell aktuelle derzeit".Split(
            ' '
        ),
    ];

    private static readonly string[] Plurals = ["innen", "nen", "en", "er", "n", "s", "e", "x"];

    private static readonly HashSet<string> OfCounts =
    [
        .. (
            "anzahl anz zahl zahlen gesamt gesamtzahl gesamtanzahl summe plan soll ist krankenhaus kranken klinik vollzeit durchschnittlich kapazitaet bestand "
            + "stand number no nr total count capacity average nombre nb nbr capacite moyen moyenne"
        ).Split(' '),
    ];

    private static readonly HashSet<string> OfDays = [.. "datum dat tag ab seit vom date dt on since from day jour depuis".Split(' ')];
    private static readonly HashSet<string> OfNumbers = [.. "nr nummer nummern no number numbers numero num n".Split(' ')];
    private static readonly HashSet<string> OfPhones =
    [
        .. "privat dienstlich geschaeftlich buero zentrale fest mobil private office bureau mobile 1 2 3".Split(' '),
    ];
    private static readonly HashSet<string> OfMails = [.. "e adresse adressen address adr privat dienstlich private office 1 2 3".Split(' ')];
    private static readonly HashSet<string> OfStreets = [.. "nr hausnr hausnummer nummer no number numero 1 2".Split(' ')];
    private static readonly HashSet<string> OfPlaces = [.. "mitglied mitglieder firmen vereins haupt kunden member members".Split(' ')];

    /// <summary>The fields that all words together can mean: none, one, or several between which a person has to choose.</summary>
    /// <param name="plain">In lower case, without accents; full stops still there.</param>
    public IReadOnlyList<MemberField> Fields(string plain)
    {
        var words = Words(plain);
        if (words.Count is 0 or > MostWords)
            return [];
        if (words is [{ Cut: true } only])
            return [.. Beginnings(only.Text).Distinct()];
        var named = words.Select(w => Names(w).ToHashSet()).ToArray();
        var fits = named
            .SelectMany(n => n)
            .Distinct()
            .Where(field => words.Select((word, at) => named[at].Contains(field) || IsFiller(word) || Qualifies(word, field)).All(fits => fits))
            .ToArray();
        if (fits.Length > 0)
            return fits;
        // „E-Mail Ansprechpartner“: every word is known, no field has them all.
        var whole = words.Select((word, at) => (named: named[at], filler: IsFiller(word))).Where(w => !w.filler).ToArray();
        return whole.Length > 1 && whole.All(w => w.named.Count == 1) ? [.. whole.SelectMany(w => w.named).Distinct()] : [];
    }

    private IEnumerable<MemberField> Names(Word word)
    {
        if (word.Cut)
            return known.Where(k => k.Key.StartsWith(word.Text, StringComparison.Ordinal)).Select(k => k.Value);
        return Whole(word.Text) is { } field ? [field] : [];
    }

    // „Adr.“ is an „Adresse“; that words for other things begin with „adresse“, too, does not make it doubtful.
    private IEnumerable<MemberField> Beginnings(string beginning)
    {
        var hits = known.Where(k => k.Key.StartsWith(beginning, StringComparison.Ordinal)).ToArray();
        return hits.Where(hit => !hits.Any(h => h.Key.Length < hit.Key.Length && hit.Key.StartsWith(h.Key, StringComparison.Ordinal))).Select(h => h.Value);
    }

    // The word, its plural, or a compound of it with a word that only says more of the same: „Krankenhausbetten“, „Mitarbeiteranzahl“.
    private MemberField? Whole(string word)
    {
        if (Single(word) is { } field)
            return field;
        for (var cut = 2; cut <= word.Length - 2; cut++)
        {
            if (Single(word[cut..]) is { } head && Means(head, word[..cut]))
                return head;
            if (Single(word[..cut]) is { } first && Means(first, word[cut..]))
                return first;
        }
        return null;
    }

    private static bool Means(MemberField field, string other) =>
        Qualifiers(field) is { } words && (words.Contains(other) || (other.EndsWith('s') && words.Contains(other[..^1])));

    private MemberField? Single(string word)
    {
        if (known.TryGetValue(word, out var field))
            return field;
        foreach (var plural in Plurals)
            if (
                word.Length >= ShortestPlural + plural.Length
                && word.EndsWith(plural, StringComparison.Ordinal)
                && known.TryGetValue(word[..^plural.Length], out field)
            )
                return field;
        return null;
    }

    private static bool IsFiller(Word word) =>
        word.Cut ? Fillers.Any(f => f.StartsWith(word.Text, StringComparison.Ordinal)) && word.Text.Length <= 2 : Fillers.Contains(word.Text);

    private static bool Qualifies(Word word, MemberField field) =>
        Qualifiers(field) is { } words && (words.Contains(word.Text) || (word.Cut && words.Any(w => w.StartsWith(word.Text, StringComparison.Ordinal))));

    private static HashSet<string>? Qualifiers(MemberField field) =>
        field switch
        {
            MemberField.Beds or MemberField.Employees or MemberField.Inhabitants => OfCounts,
            MemberField.JoinedOn or MemberField.LeftOn or MemberField.NoticeReceivedOn or MemberField.MandateSignedOn => OfDays,
            MemberField.Number or MemberField.MandateReference or MemberField.Iban or MemberField.BuyerReference => OfNumbers,
            MemberField.Phone => [.. OfPhones, .. OfNumbers],
            MemberField.Email => OfMails,
            MemberField.Street => OfStreets,
            MemberField.Address or MemberField.Name or MemberField.Category => OfPlaces,
            _ => null,
        };

    private static List<Word> Words(string header)
    {
        var plain = header.Replace("e-mail", "email", StringComparison.Ordinal).Replace("e mail", "email", StringComparison.Ordinal);
        var words = new List<Word>();
        for (var at = 0; at < plain.Length; at++)
        {
            if (!char.IsAsciiLetterOrDigit(plain[at]))
                continue;
            var end = at;
            while (end < plain.Length && char.IsAsciiLetterOrDigit(plain[end]))
                end++;
            words.Add(new Word(plain[at..end], end < plain.Length && plain[end] == '.'));
            at = end;
        }
        return words;
    }

    private readonly record struct Word(string Text, bool Cut);
}
