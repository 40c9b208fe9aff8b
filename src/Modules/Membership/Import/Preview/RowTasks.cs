using Association.Membership.Import.Reading;
using Association.Membership.Members.Model;

namespace Association.Membership.Import.Preview;

/// <summary>What a row leaves for the office to see to, beyond wrong cells.</summary>
internal static class RowTasks
{
    /// <param name="listed">What the row says.</param>
    /// <param name="target">The member as it will be.</param>
    /// <param name="isNews">Whether the remark was not known before.</param>
    public static IEnumerable<RowTask> Of(ListedMember listed, MemberState target, bool isNews)
    {
        if (!isNews || listed.Remark is not { } remark)
            yield break;
        if (listed.Meaning.OtherRecipient)
            yield return new RowTask(ClarificationKind.BillingRecipient, new Reason("TaskRecipient"), remark);
        if (listed.Meaning.Reduction)
            yield return new RowTask(
                ClarificationKind.Reduction,
                listed.Meaning.ReductionPercent is { } percent ? new Reason("TaskReductionPercent", percent) : new Reason("TaskReduction"),
                remark
            );
        if (listed.Meaning.NoPost)
            yield return new RowTask(ClarificationKind.NoPost, new Reason(target.Email is null ? "TaskNoPostNoEmail" : "TaskNoPost"), remark);
        if (listed.Meaning.AlwaysTransfer && listed.MandateReference is not null)
            yield return new RowTask(ClarificationKind.PaymentRoute, new Reason("TaskTransfer"), remark);
    }
}
