using Association.Office.Contracts;
using Association.Platform.Data.Users;

namespace Association.Office.People.Invitations;

/// <summary>Lets one person in, once: sets the first password, or a new one.</summary>
internal sealed class Invitation
{
    /// <summary>How long the code works.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromDays(7);

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid PersonId { get; init; }

    public required byte[] CodeHash { get; set; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Who issued it, by name.</summary>
    public required string IssuedBy { get; init; }

    /// <summary>Who; null for the command line.</summary>
    public Guid? IssuedById { get; init; }

    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>Whether a second administrator has still to release it; until then there is no code that opens it.</summary>
    public bool WaitsForSecond { get; set; }

    public string? ReleasedBy { get; private set; }

    public Guid? ReleasedById { get; private set; }

    public DateTimeOffset? ReleasedAt { get; private set; }

    public DateTimeOffset? UsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public InvitationState StateAt(DateTimeOffset now) =>
        UsedAt is not null ? InvitationState.Used
        : RevokedAt is not null ? InvitationState.Revoked
        : ValidUntil <= now ? InvitationState.Expired
        : WaitsForSecond ? InvitationState.Waiting
        : InvitationState.Open;

    /// <summary>The second administrator gets the code that opens it.</summary>
    public void Release(byte[] codeHash, Actor by, DateTimeOffset at)
    {
        (WaitsForSecond, CodeHash) = (false, codeHash);
        (ReleasedBy, ReleasedById, ReleasedAt) = (by.Name, by.Id?.Value, at);
    }
}

/// <summary>Whether the code still works, and if not, why.</summary>
public enum InvitationState
{
    /// <summary>It works.</summary>
    Open,

    /// <summary>A second administrator has still to release it.</summary>
    Waiting,

    /// <summary>A password was set with it.</summary>
    Used,

    /// <summary>Taken back, or replaced by a newer one.</summary>
    Revoked,

    /// <summary>Nobody used it in time.</summary>
    Expired,
}

/// <summary>A code as it is shown once, to whoever issued it; it is stored nowhere.</summary>
public sealed record IssuedInvitation(Guid PersonId, string Code, DateTimeOffset ValidUntil)
{
    /// <summary>How it reaches the person; of a mailed one the code stays secret, and <see cref="Code"/> is empty.</summary>
    public InvitationWay Way { get; init; }

    /// <summary>Where the mail goes; empty for the other ways.</summary>
    public string Email { get; init; } = "";

    /// <summary>Whether a second administrator has to release it: the role approves, and there is no code before.</summary>
    public bool NeedsSecond { get; init; }

    /// <summary>Whether nobody can release it as things are: there is no other administrator who may, and no server for a mail.</summary>
    public bool IsStuck { get; init; }

    /// <summary>Whether the mail waits because no server is set.</summary>
    public bool Waits { get; init; }

    /// <summary>The address that takes the code: for a link, and for the QR code of a letter.</summary>
    public string Path => $"{OfficePages.Invitation}?code={Code}";
}
