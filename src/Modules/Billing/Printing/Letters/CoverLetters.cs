using Association.Billing.Data;
using Dapper;

namespace Association.Billing.Printing.Letters;

/// <summary>A version of a covering letter.</summary>
/// <param name="Id">Of the letter.</param>
/// <param name="Name">What the office calls it.</param>
/// <param name="Version">1, 2, 3 …</param>
/// <param name="Wordings">By language; German at least.</param>
/// <param name="SavedAt">When.</param>
/// <param name="SavedBy">Who.</param>
internal sealed record StoredCoverLetter(
    Guid Id,
    string Name,
    int Version,
    IReadOnlyDictionary<string, CoverWording> Wordings,
    DateTimeOffset SavedAt,
    string SavedBy
)
{
    /// <summary>The language in which a member of this language gets it: German where it has no other wording.</summary>
    public string LanguageFor(string language) => Wordings.ContainsKey(language) ? language : "de";

    public bool Uses(CoverField field) => Wordings.Values.Any(w => w.Uses(field));
}

/// <summary>Reads covering letters.</summary>
internal static class CoverLetters
{
    public static readonly IReadOnlyList<string> Languages = ["de", "fr", "en"];

    private const string Select =
        "select l.id, l.name, v.version, v.wording::text, v.saved_at, v.saved_by from billing.cover_letter l join billing.cover_letter_version v on v.letter_id = l.id";

    public static async Task<StoredCoverLetter?> NewestAsync(BillingDb db, Guid id, CancellationToken ct) =>
        (await ReadAsync(db, $"{Select} where l.id = @id order by v.version desc limit 1", new { id }, ct)).SingleOrDefault();

    public static async Task<StoredCoverLetter> VersionAsync(BillingDb db, Guid id, int version, CancellationToken ct) =>
        (await ReadAsync(db, $"{Select} where l.id = @id and v.version = @version", new { id, version }, ct)).Single();

    /// <summary>The newest version of each, by name.</summary>
    public static Task<IReadOnlyList<StoredCoverLetter>> AllAsync(BillingDb db, CancellationToken ct) =>
        ReadAsync(
            db,
            $"{Select} where v.version = (select max(version) from billing.cover_letter_version x where x.letter_id = l.id) order by lower(l.name)",
            new { },
            ct
        );

    private static async Task<IReadOnlyList<StoredCoverLetter>> ReadAsync(BillingDb db, string sql, object parameters, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = await connection.QueryAsync<(Guid Id, string Name, int Version, string Wording, DateTime At, string By)>(
            new CommandDefinition(sql, parameters, db.Transaction, cancellationToken: ct)
        );
        return [.. rows.Select(r => new StoredCoverLetter(r.Id, r.Name, r.Version, BillingJson.Read<Dictionary<string, CoverWording>>(r.Wording), r.At, r.By))];
    }
}
