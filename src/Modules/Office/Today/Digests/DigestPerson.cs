using Association.Office.People.Data;
using Microsoft.EntityFrameworkCore;

namespace Association.Office.Today.Digests;

/// <summary>Somebody who may sign in.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">As addressed.</param>
/// <param name="Role">One of <see cref="Platform.Web.Modules.Roles"/>.</param>
/// <param name="Language">In which the mail speaks.</param>
/// <param name="Email">Where it goes; null without an address.</param>
internal sealed record DigestPerson(Guid Id, string Name, string Role, string Language, string? Email)
{
    /// <summary>All of them; who is locked by the administrator is none.</summary>
    public static async Task<IReadOnlyList<DigestPerson>> ListAsync(IdentityDb db, CancellationToken ct) =>
        await db
            .People.AsNoTracking()
            .Where(p => p.LockoutEnd == null || p.LockoutEnd < Person.LockedByAdministrator)
            .Select(p => new DigestPerson(p.Id, p.DisplayName, p.Role, p.Language, p.Email == "" ? null : p.Email))
            .ToListAsync(ct);
}
