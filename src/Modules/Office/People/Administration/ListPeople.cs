using Association.Office.People.Data;
using Association.Platform.Messaging;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Association.Office.People.Administration;

/// <summary>Everybody who may sign in, by name.</summary>
[Permission(IdentityModule.ReadPeople)]
internal sealed record ListPeople : IQuery<IReadOnlyList<PersonView>>;

/// <summary>One of them.</summary>
[Permission(IdentityModule.ReadPeople)]
internal sealed record GetPerson(Guid Id) : IQuery<PersonView?>;

/// <summary>What the administrator sees of a sign-in. A passkey is a second factor, too.</summary>
public sealed record PersonView(
    Guid Id,
    string Login,
    string Name,
    string Role,
    string Language,
    string? Email,
    bool HasPassword,
    bool HasPasskey,
    bool HasSecondFactor,
    bool Locked,
    DateTimeOffset? AccessGivenAt,
    string? AccessGivenBy
);

internal static class ListPeopleHandler
{
    public static async Task<IReadOnlyList<PersonView>> HandleAsync(ListPeople _, IdentityDb db, CancellationToken ct)
    {
        var people = await db.People.AsNoTracking().OrderBy(p => EF.Functions.Collate(p.DisplayName, "de-DE-x-icu")).ToListAsync(ct);
        var withPasskey = (await db.Set<IdentityUserPasskey<Guid>>().Select(k => k.UserId).Distinct().ToListAsync(ct)).ToHashSet();
        return [.. people.Select(p => PersonViews.Of(p, withPasskey.Contains(p.Id)))];
    }
}

internal static class GetPersonHandler
{
    public static async Task<PersonView?> HandleAsync(GetPerson query, IdentityDb db, CancellationToken ct) =>
        await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == query.Id, ct) is { } person
            ? PersonViews.Of(person, await db.Set<IdentityUserPasskey<Guid>>().AnyAsync(k => k.UserId == person.Id, ct))
            : null;
}

internal static class PersonViews
{
    public static PersonView Of(Person person, bool hasPasskey) =>
        new(
            person.Id,
            person.UserName!,
            person.DisplayName,
            person.Role,
            person.Language,
            person.Email,
            person.PasswordHash is not null,
            hasPasskey,
            person.TwoFactorEnabled || hasPasskey,
            person.IsLockedByAdministrator,
            person.AccessGivenAt,
            person.AccessGivenBy
        );
}
