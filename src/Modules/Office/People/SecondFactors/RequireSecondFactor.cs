using Association.Office.People.Data;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.SecondFactors;

/// <summary>Which roles need a second factor, and how many of their people have none yet.</summary>
[Permission(IdentityModule.ReadPeople)]
internal sealed record ReadSecondFactorRule : IQuery<IReadOnlyList<SecondFactorRow>>;

/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Required">Whether its people need one.</param>
/// <param name="People">How many may sign in.</param>
/// <param name="Without">How many of them have neither app nor passkey.</param>
internal sealed record SecondFactorRow(string Role, bool Required, int People, int Without);

/// <summary>Says which roles need a second factor. It holds with the next click of each person.</summary>
/// <param name="Roles">All that shall need one; the others do not.</param>
[Permission(IdentityModule.EditPeople)]
internal sealed record RequireSecondFactor(IReadOnlyCollection<string> Roles) : ICommand;

internal static class ReadSecondFactorRuleHandler
{
    public static async Task<IReadOnlyList<SecondFactorRow>> HandleAsync(ReadSecondFactorRule _, IdentityDb db, CancellationToken ct)
    {
        var required = await db.Database.SqlQuery<string>($"select role as \"Value\" from identity.role_second_factor").ToListAsync(ct);
        if (!await RequiredSecondFactor.IsDemoAsync(db, ct))
            required.Add(Roles.Board);
        var people = await db
            .People.AsNoTracking()
            .Where(p => p.LockoutEnd == null || p.LockoutEnd < Person.LockedByAdministrator)
            .Select(p => new { p.Role, HasOne = p.TwoFactorEnabled || db.Set<IdentityUserPasskey<Guid>>().Any(k => k.UserId == p.Id) })
            .ToListAsync(ct);
        return
        [
            .. Roles.All.Select(role => new SecondFactorRow(
                role,
                required.Contains(role),
                people.Count(p => p.Role == role),
                people.Count(p => p.Role == role && !p.HasOne)
            )),
        ];
    }
}

internal static class RequireSecondFactorHandler
{
    public static async Task<Problem?> ValidateAsync(RequireSecondFactor command, IdentityDb db, IStringLocalizer<PeopleTexts> texts, CancellationToken ct) =>
        !command.Roles.All(Roles.All.Contains) ? new(nameof(command.Roles), texts["Error.RoleMissing"])
        : !command.Roles.Contains(Roles.Board) && !await RequiredSecondFactor.IsDemoAsync(db, ct) ? new(Roles.Board, texts["Error.BoardNeedsSecond"])
        : null;

    public static Task HandleAsync(RequireSecondFactor command, IdentityDb _, IUnitOfWork unit, TimeProvider clock, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                delete from identity.role_second_factor where role <> all (@roles);
                insert into identity.role_second_factor (role, required_at) select role, @now from unnest(@roles) role on conflict (role) do nothing;
                """,
                new { roles = command.Roles.Distinct().ToArray(), now = clock.GetUtcNow() },
                unit.Transaction,
                cancellationToken: ct
            )
        );
}

/// <summary>Asked before a person gives up the own second factor.</summary>
internal static class RequiredSecondFactor
{
    /// <summary>Whether the person's role needs one.</summary>
    public static Task<bool> IsNeededByAsync(Person person, IdentityDb db, CancellationToken ct) =>
        db.Database.SqlQuery<bool>($"select identity.needs_second_factor({person.Id}, {person.Role}) as \"Value\"").SingleAsync(ct);

    /// <summary>In a demo the board does without one, so that everybody gets in at once; elsewhere it never does.</summary>
    public static Task<bool> IsDemoAsync(IdentityDb db, CancellationToken ct) =>
        db.Database.SqlQuery<bool>($"select exists (select from platform.installation where kind = 'demo') as \"Value\"").SingleAsync(ct);
}
