using Association.Billing.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Printing.Letters;

/// <summary>Keep a wording of a covering letter as a new version.</summary>
/// <param name="Id">Of the letter; null for a new one.</param>
/// <param name="Name">What the office calls it.</param>
/// <param name="Wordings">By language; an empty one is none, German is needed.</param>
/// <param name="Version">The version that was changed; 0 for a new letter.</param>
[Permission(BillingModule.Print)]
internal sealed record SaveCoverLetter(Guid? Id, string Name, IReadOnlyDictionary<string, CoverWording> Wordings, int Version = 0) : ICommand;

/// <summary>The newest version, locked, and whether another letter has the name.</summary>
internal sealed record LockedCoverLetter(StoredCoverLetter? Letter, bool NameTaken);

internal static class SaveCoverLetterHandler
{
    public static async Task<LockedCoverLetter> LoadAsync(SaveCoverLetter command, BillingDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        await db.OneAtATimeAsync("billing.cover_letter", ct);
        var taken = await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                "select exists (select from billing.cover_letter where lower(name) = lower(@name) and id is distinct from @Id)",
                new { name = command.Name.Trim(), command.Id },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new LockedCoverLetter(command.Id is { } id ? await CoverLetters.NewestAsync(db, id, ct) : null, taken);
    }

    public static IEnumerable<Problem> Validate(SaveCoverLetter command, LockedCoverLetter found, IStringLocalizer<PrintingTexts> texts)
    {
        if (command.Id is not null && found.Letter is null)
            yield return new Problem("", texts["Problem.NoSuchLetter"]);
        else if (found.Letter is { } letter && letter.Version != command.Version)
            yield return new Problem("", texts["Problem.ChangedMeanwhile", letter.SavedBy, letter.Version]);
        if (command.Name.Trim().Length is 0 or > 80)
            yield return new Problem(nameof(command.Name), texts["Problem.NameLength"]);
        else if (found.NameTaken)
            yield return new Problem(nameof(command.Name), texts["Problem.NameTaken", command.Name.Trim()]);
        foreach (var problem in Check(command.Wordings, texts))
            yield return problem;
    }

    /// <summary>What is wrong with the wordings: German is needed, another language is whole or absent.</summary>
    public static IEnumerable<Problem> Check(IReadOnlyDictionary<string, CoverWording> wordings, IStringLocalizer<PrintingTexts> texts) =>
        CoverLetters.Languages.SelectMany(language =>
            (wordings.GetValueOrDefault(language) ?? CoverWording.Empty).Trimmed() is var wording && (language == "de" || !wording.IsEmpty)
                ? wording.Check(language, texts)
                : []
        );

    public static async Task<Guid> HandleAsync(SaveCoverLetter command, LockedCoverLetter found, BillingDb db, CurrentUser user, CancellationToken ct)
    {
        var (connection, id) = (await db.ConnectionAsync(ct), command.Id ?? Guid.CreateVersion7());
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.cover_letter (id, name) values (@id, @name) on conflict (id) do update set name = excluded.name
                  where billing.cover_letter.name <> excluded.name;
                insert into billing.cover_letter_version (letter_id, version, wording, saved_by) values (@id, @version, @wording::jsonb, @by);
                """,
                new
                {
                    id,
                    name = command.Name.Trim(),
                    version = (found.Letter?.Version ?? 0) + 1,
                    by = user.Actor.Name,
                    wording = BillingJson.Write(
                        command.Wordings.Select(w => (w.Key, Value: w.Value.Trimmed())).Where(w => !w.Value.IsEmpty).ToDictionary(w => w.Key, w => w.Value)
                    ),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return id;
    }
}
