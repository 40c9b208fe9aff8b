using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Leaving;

/// <summary>Takes an exit back: the member stays, or came back.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record WithdrawResignation(MemberId Id, uint Version) : ICommand;

internal static class WithdrawResignationHandler
{
    public static Task<Member?> LoadAsync(WithdrawResignation command, MembershipDb db, CancellationToken ct) =>
        db.Members.SingleOrDefaultAsync(m => m.Id == command.Id, ct);

    public static Problem? Validate(WithdrawResignation command, Member? member, IStringLocalizer<MembersTexts> texts) =>
        MemberEdit.Check(member, command.Version, texts);

    public static MembersChanged Handle(WithdrawResignation _, Member member)
    {
        (member.LeftOn, member.LeftReason, member.NoticeReceivedOn) = (null, null, null);
        return new MembersChanged([member.Id]);
    }
}
