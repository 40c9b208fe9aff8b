using Association.Office.People.Data;
using Association.Platform.Data;
using Association.Platform.Data.Migrations;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Images;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace Association.Office.Setup;

/// <summary>
/// Writes an installation of one's own into an empty database: the association, its logo, its first administrator and the word that this is no demo, in one
/// transaction. Whoever is killed before its end may simply begin again.
/// </summary>
internal sealed class InstallationSetup(
    OfficeDatabase database,
    MigrationRunner migrations,
    IdentityDb db,
    UserManager<Person> people,
    IAssociationProfiles profiles,
    IStringLocalizer<SetupTexts> texts
)
{
    /// <summary>Migrates and writes.</summary>
    /// <param name="wished">Without problems, see <see cref="SetupRules"/>.</param>
    /// <param name="first">Begins an installation; only a host has one.</param>
    /// <param name="place">The folder, or null on a server.</param>
    /// <param name="ct">Cancels; nothing stays.</param>
    /// <exception cref="RefusedException">There is an association or a demo already; nothing was written.</exception>
    public async Task WriteAsync(NewInstallation wished, IFirstStart first, string? place, CancellationToken ct)
    {
        await migrations.MigrateAsync(ct);
        await first.SetUpAsync(() => FoundAsync(wished, place, ct), ct);
    }

    private async Task FoundAsync(NewInstallation wished, string? place, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var connection = await db.ConnectionAsync(ct);
        await using var held = database.Hold(connection); // what the association is called is read on it, too
        if (!await TryRecordAsync(connection, ct))
            throw await TakenAsync(place, ct);
        var profile = wished.Profile;
        if (wished.Logo is { } file)
        {
            var picture = Picture.Read(file.Bytes.Span);
            var logo = new AssociationLogo
            {
                Id = Guid.CreateVersion7(),
                Name = Path.GetFileName(file.FileName),
                MediaType = picture.MediaType,
                Width = picture.Width,
                Height = picture.Height,
                Bytes = picture.Bytes,
            };
            await AssociationLogos.AddAsync(connection, logo, ct);
            profile = profile with { LogoId = logo.Id };
        }
        if (await profiles.SaveAsync(connection, profile, null, ct) is null)
            throw await TakenAsync(place, ct);
        var (login, name, role, language, email, _) = wished.Administrator;
        var created = await people.CreateAsync(
            new Person
            {
                UserName = login,
                DisplayName = name,
                Role = role,
                Language = language,
                Email = email,
            },
            wished.Password
        );
        if (!created.Succeeded)
            throw new ProblemsException([
                .. created.Errors.Select(e => new Problem(
                    e.Code.StartsWith("Password", StringComparison.Ordinal) ? SetupField.Password : "AdminLogin",
                    e.Description
                )),
            ]);
        await transaction.CommitAsync(ct);
    }

    private static async Task<bool> TryRecordAsync(NpgsqlConnection connection, CancellationToken ct) =>
        await connection.ExecuteAsync(
            new CommandDefinition(
                "insert into platform.installation (kind, demo_data, initialised_at) values ('own', 'none', now()) on conflict do nothing",
                cancellationToken: ct
            )
        ) == 1;

    private async Task<RefusedException> TakenAsync(string? place, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var isDemo = await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("select exists (select from platform.installation where kind = 'demo')", cancellationToken: ct)
        );
        if (place is not null && isDemo)
            return new RefusedException(texts["Taken.Demo", place]);
        var name = (await profiles.CurrentAsync(ct)).Name;
        return new RefusedException(place is null ? texts["Taken.Server", name] : texts["Taken.Own", place, name]);
    }
}
