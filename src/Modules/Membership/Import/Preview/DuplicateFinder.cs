using System.Text.RegularExpressions;
using Association.Membership.Contracts;
using Association.Membership.Import.Reading;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Import.Preview;

/// <summary>What two entries are compared by; <c>Of</c> is the row of the file, or the number of a member, to name in the answer.</summary>
internal sealed record Entry(
    object Of,
    string? Number,
    string Name,
    bool IsPerson,
    string Street,
    string PostalCode,
    string Town,
    string? Iban,
    string? MandateReference,
    MemberId? Member = null
)
{
    public NameKey Key { get; } = NameKey.Of(Name);

    public string Address { get; } = AddressKey.Of(Street, PostalCode, Town);
}

/// <summary>An entry that is probably there already.</summary>
internal sealed record DuplicateHit(Entry Entry, IReadOnlyList<Reason> Reasons);

/// <summary>Finds entries that are probably the same member: the same account or mandate, or a name that reads alike at the same address.</summary>
/// <remarks>
/// A name alone says nothing: every town has its „MVZ“. An address alone says nothing: a house has many doors.
/// Two persons with different given names may share an account and a home.
/// </remarks>
internal sealed class DuplicateFinder
{
    private readonly Dictionary<string, List<Entry>> _byIban = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Entry>> _byMandate = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<Entry>> _byAddress = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Entry>> _byName = new(StringComparer.Ordinal);

    public void Add(Entry entry)
    {
        Put(_byIban, entry.Iban, entry);
        Put(_byMandate, entry.MandateReference, entry);
        Put(_byAddress, entry.Address, entry);
        Put(_byName, entry.Key.Text, entry);
    }

    /// <summary>The best hit; null when the entry is new.</summary>
    public DuplicateHit? Find(Entry entry)
    {
        var candidates = At(_byIban, entry.Iban)
            .Concat(At(_byMandate, entry.MandateReference))
            .Concat(At(_byAddress, entry.Address))
            .Concat(At(_byName, entry.Key.Text));
        return candidates.Distinct().Select(c => Compare(entry, c)).OfType<DuplicateHit>().OrderByDescending(h => h.Reasons.Count).FirstOrDefault();
    }

    private static DuplicateHit? Compare(Entry a, Entry b)
    {
        var sameName = a.Key.Text == b.Key.Text;
        var alike = sameName || (a.IsPerson == b.IsPerson && a.Key.Resembles(b.Key) && !(a.IsPerson && a.Key.IsCouple(b.Key)));
        var sameAddress = a.Address.Length > 0 && a.Address == b.Address;
        var nearAddress = !sameAddress && sameName && AddressKey.Near(a, b);
        var sameIban = a.Iban is not null && a.Iban == b.Iban;
        var sameMandate = a.MandateReference is not null && string.Equals(a.MandateReference, b.MandateReference, StringComparison.OrdinalIgnoreCase);
        var bothSayNoAddress = sameName && a.Address.Length == 0 && b.Address.Length == 0 && a.Town == b.Town;
        var twoPersons = a.IsPerson && b.IsPerson && !alike;
        if (!((alike && (sameAddress || nearAddress || bothSayNoAddress)) || ((sameIban || sameMandate) && !twoPersons)))
            return null;
        List<Reason> reasons = [];
        if (sameName || alike)
            reasons.Add(new Reason(sameName ? "SameName" : "SimilarName"));
        if (sameAddress || nearAddress)
            reasons.Add(new Reason(sameAddress ? "SameAddress" : "SimilarAddress"));
        if (sameIban)
            reasons.Add(new Reason("SameIban"));
        if (sameMandate)
            reasons.Add(new Reason("SameMandate"));
        return new DuplicateHit(b, reasons);
    }

    private static void Put(Dictionary<string, List<Entry>> index, string? key, Entry entry)
    {
        if (string.IsNullOrEmpty(key))
            return;
        if (!index.TryGetValue(key, out var entries))
            index[key] = entries = [];
        entries.Add(entry);
    }

    private static List<Entry> At(Dictionary<string, List<Entry>> index, string? key) =>
        !string.IsNullOrEmpty(key) && index.TryGetValue(key, out var entries) ? entries : [];
}

/// <summary>Addresses without the ways of spelling them.</summary>
internal static partial class AddressKey
{
    /// <summary>Street, house number and postal code; empty without street.</summary>
    public static string Of(string street, string postalCode, string town)
    {
        var key = Street(street);
        return key.Length == 0 ? "" : key + "|" + (postalCode.Length > 0 ? HeaderWords.Key(postalCode) : HeaderWords.Key(town));
    }

    /// <summary>The same house number and town, and a street that is a slip of the pen away.</summary>
    public static bool Near(Entry a, Entry b)
    {
        if (
            a.Address.Length == 0
            || b.Address.Length == 0
            || (a.PostalCode != b.PostalCode && !string.Equals(a.Town, b.Town, StringComparison.OrdinalIgnoreCase))
        )
            return false;
        var (one, other) = (Street(a.Street), Street(b.Street));
        return HouseNumber().Match(one).Value == HouseNumber().Match(other).Value && Distance.Within(one, other, 2);
    }

    private static string Street(string street) => HeaderWords.Key(StreetWord().Replace(PlainText.Fold(street), "str ${after}"));

    [GeneratedRegex(@"str(asse|\.)?(?<after>[\s0-9]|$)", RegexOptions.NonBacktracking)]
    private static partial Regex StreetWord();

    [GeneratedRegex(@"[0-9]+[a-z]?$", RegexOptions.NonBacktracking)]
    private static partial Regex HouseNumber();
}
