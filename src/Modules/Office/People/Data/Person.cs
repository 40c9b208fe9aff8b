using Association.Platform.Data.Users;
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

    /// <summary>When somebody else made or changed the access last: password, second factor, role; null when nobody did.</summary>
    public DateTimeOffset? AccessGivenAt { get; private set; }

    /// <summary>Who, by name.</summary>
    public string? AccessGivenBy { get; private set; }

    /// <summary>Who; null for the command line.</summary>
    public Guid? AccessGivenById { get; private set; }

    /// <summary>So long nothing is approved by an access that somebody else made: the person, who is told, can say so before.</summary>
    public static readonly TimeSpan ApprovalPause = TimeSpan.FromDays(1);

    /// <summary>Notes that somebody else made or changed the access; what a person does to the own one is nobody else's doing.</summary>
    public void NoteAccess(Guid? byId, string by, DateTimeOffset at)
    {
        if (byId != Id)
            (AccessGivenAt, AccessGivenBy, AccessGivenById) = (at, by, byId);
    }

    /// <summary>The same.</summary>
    public void NoteAccess(Actor by, DateTimeOffset at) => NoteAccess(by.Id?.Value, by.Name, at);

    public bool IsLockedByAdministrator => LockoutEnd >= LockedByAdministrator;
}
