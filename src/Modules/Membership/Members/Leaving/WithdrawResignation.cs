using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Leaving;

/// <summary>Takes an exit back: the member stays. A resignation only until it took effect.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record WithdrawResignation(MemberId Id, uint Version) : ICommand;

internal static class WithdrawResignationHandler
{
    public static Task<Member?> LoadAsync(WithdrawResignation command, MembershipDb db, CancellationToken ct) =>
        db.Members.SingleOrDefaultAsync(m => m.Id == command.Id, ct);

    public static Problem? Validate(WithdrawResignation command, Member? member, IStringLocalizer<MembersTexts> texts, TimeProvider clock) =>
        MemberEdit.Check(member, command.Version, texts)
        // Who is out comes back by being admitted. What was mistyped is recorded anew; death and exclusion have no notice that took effect.
        ?? (
            member is { LeftReason: LeavingReason.Resignation } && member.LeftOn < clock.Today()
                ? new Problem("", texts["Problem.LeftAlready", Formats.Of(member.LeftOn)])
                : null
        );

    public static async Task<MembersChanged> HandleAsync(WithdrawResignation _, Member member, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        (member.LeftOn, member.LeftReason, member.NoticeReceivedOn) = (null, null, null);
        await LeavingLetters.OutdateAsync(db, member.Id, null, null, clock.GetUtcNow(), ct);
        return new MembersChanged([member.Id]);
    }
}
