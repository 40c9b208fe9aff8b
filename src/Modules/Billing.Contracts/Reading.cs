using Association.Membership.Contracts;

namespace Association.Billing.Contracts;

/// <summary>Questions of other modules to the books.</summary>
public interface IBilledMembers
{
    /// <summary>Which of these members ever got a document or have a posting; they can no longer be removed.</summary>
    Task<IReadOnlyList<MemberId>> BilledAsync(IReadOnlyCollection<MemberId> members, CancellationToken ct);
}
