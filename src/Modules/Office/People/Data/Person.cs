using Microsoft.AspNetCore.Identity;

namespace Association.Office.People.Data;

/// <summary>Somebody who may sign in.</summary>
internal sealed class Person : IdentityUser<Guid>
{
    /// <summary>Until when the administrator locks a person: longer than anybody waits.</summary>
    public static readonly DateTimeOffset LockedByAdministrator = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Person() => Id = Guid.CreateVersion7();

    /// <summary>As shown in the history and on signatures.</summary>
    public required string DisplayName { get; set; }

    /// <summary>One of <see cref="Platform.Web.Modules.Roles"/>.</summary>
    public required string Role { get; set; }

    /// <summary><c>de</c>, <c>fr</c> or <c>en</c>.</summary>
    public string Language { get; set; } = "de";

    public bool IsLockedByAdministrator => LockoutEnd >= LockedByAdministrator;
}
