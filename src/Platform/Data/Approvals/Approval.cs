using Association.Platform.Data.Users;

namespace Association.Platform.Data.Approvals;

/// <summary>How an act stands that a second person agrees to.</summary>
public enum ApprovalState
{
    /// <summary>Nobody has asked yet.</summary>
    NotAsked,

    /// <summary>The act is below the office's limit: who asked did it alone.</summary>
    NotNeeded,

    /// <summary>A second person is to agree.</summary>
    Waiting,

    /// <summary>Two people signed.</summary>
    Approved,

    /// <summary>The second person did not agree, and said why.</summary>
    Refused,

    /// <summary>Given up before anybody decided.</summary>
    Withdrawn,
}

/// <summary>Something that a second person agrees to.</summary>
public interface INeedsApproval
{
    /// <summary>Who asked, and who decided.</summary>
    Approval Approval { get; }
}

/// <summary>
/// Four eyes: who asked for an act and who decided on it, part of the record that it concerns (<see cref="ApprovalMapping"/>). Whoever decides is not who
/// asked; names are as signed, „i. V.“ for a deputy. The database has the same rules and the last word: <c>platform.attach_approval</c>.
/// </summary>
public sealed class Approval
{
    /// <summary>A reason has at least so many characters …</summary>
    public const int ShortestRefusal = 3;

    /// <summary>… and at most so many.</summary>
    public const int LongestRefusal = 300;

    /// <summary>Who asked; null before, and for the command line where that may ask.</summary>
    public UserId? AskedBy { get; private set; }

    /// <summary>The name.</summary>
    public string? AskedByName { get; private set; }

    /// <summary>When.</summary>
    public DateTimeOffset? AskedAt { get; private set; }

    /// <summary>False when the act stayed below the office's limit.</summary>
    public bool NeedsSecond { get; private set; } = true;

    /// <summary>Who agreed.</summary>
    public UserId? ApprovedBy { get; private set; }

    /// <summary>As signed.</summary>
    public string? ApprovedByName { get; private set; }

    /// <summary>When.</summary>
    public DateTimeOffset? ApprovedAt { get; private set; }

    /// <summary>Who gave it up, or did not agree.</summary>
    public UserId? EndedBy { get; private set; }

    /// <summary>As signed.</summary>
    public string? EndedByName { get; private set; }

    /// <summary>When.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Why the second person did not agree; null when it was withdrawn.</summary>
    public string? Refusal { get; private set; }

    /// <summary>How it stands.</summary>
    public ApprovalState State =>
        this switch
        {
            { ApprovedAt: not null } => ApprovalState.Approved,
            { Refusal: not null } => ApprovalState.Refused,
            { EndedAt: not null } => ApprovalState.Withdrawn,
            { AskedAt: null } => ApprovalState.NotAsked,
            { NeedsSecond: false } => ApprovalState.NotNeeded,
            _ => ApprovalState.Waiting,
        };

    /// <summary>As read from where the database signs by itself; null for an act that the command line asked for.</summary>
    public static Approval Asked(UserId? by, string name, DateTimeOffset at, bool needsSecond = true) =>
        new()
        {
            AskedBy = by,
            AskedByName = name,
            AskedAt = at,
            NeedsSecond = needsSecond,
        };

    /// <summary>The same, refused, as read from where the database signs by itself.</summary>
    public Approval AsRefused(string by, DateTimeOffset at, string reason)
    {
        (EndedByName, EndedAt, Refusal) = (by, at, reason);
        return this;
    }

    /// <summary>Asked for by a person.</summary>
    public static Approval Asked(Actor by, DateTimeOffset at, bool needsSecond = true) => Asked(by.Id, by.Name, at, needsSecond);

    /// <summary>Whether it waits for this person: for anybody but who asked.</summary>
    public bool WaitsFor(Actor actor) => State == ApprovalState.Waiting && actor.Id is not null && actor.Id != AskedBy;

    /// <summary>A draft is handed in, for the first time or again; an earlier refusal is done with.</summary>
    public void Ask(Actor by, DateTimeOffset at)
    {
        Expect(State is ApprovalState.NotAsked or ApprovalState.Refused or ApprovalState.Withdrawn);
        (AskedBy, AskedByName, AskedAt) = (by.Id, by.Name, at);
        (EndedBy, EndedByName, EndedAt, Refusal) = (null, null, null, null);
    }

    /// <summary>The second signature.</summary>
    public void Approve(Actor by, DateTimeOffset at)
    {
        Expect(WaitsFor(by));
        (ApprovedBy, ApprovedByName, ApprovedAt) = (by.Id, by.Signature, at);
    }

    /// <summary>The second person does not agree.</summary>
    public void Refuse(Actor by, DateTimeOffset at, string reason)
    {
        Expect(WaitsFor(by));
        (EndedBy, EndedByName, EndedAt, Refusal) = (by.Id, by.Signature, at, reason);
    }

    /// <summary>Given up; what a second person has agreed to as well, as long as nothing came of it.</summary>
    public void Withdraw(Actor by, DateTimeOffset at)
    {
        Expect(State is ApprovalState.Waiting or ApprovalState.Approved or ApprovalState.NotNeeded);
        (ApprovedBy, ApprovedByName, ApprovedAt) = (null, null, null);
        (EndedBy, EndedByName, EndedAt) = (by.Id, by.Signature, at);
    }

    /// <summary>A draft again: nobody asks for it. Who refused it, and why, stays until it is handed in anew.</summary>
    public void Reopen()
    {
        Expect(State is ApprovalState.Waiting or ApprovalState.Refused or ApprovalState.Withdrawn);
        (AskedBy, AskedByName, AskedAt) = (null, null, null);
    }

    private void Expect(bool fits)
    {
        if (!fits)
            throw new InvalidOperationException($"The approval is {State}, or not this person's to give.");
    }
}
