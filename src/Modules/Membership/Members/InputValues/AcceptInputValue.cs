using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.InputValues;

/// <summary>Accepts a value as of another day for the dues of a year; who did and when is kept.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record AcceptInputValue(InputValueId Id, int Year) : ICommand;

internal static class AcceptInputValueHandler
{
    public static Task<InputValue?> LoadAsync(AcceptInputValue command, MembershipDb db, CancellationToken ct) =>
        db.InputValues.SingleOrDefaultAsync(v => v.Id == command.Id, ct);

    public static Problem? Validate(AcceptInputValue command, InputValue? value, IStringLocalizer<MembersTexts> texts) =>
        value is null ? new("", texts["Problem.ValueGone"])
        : command.Year is < 2000 or > 2200 ? new(nameof(command.Year), texts["Problem.Year"])
        : null;

    public static MembersChanged Handle(AcceptInputValue command, InputValue value, CurrentUser user, TimeProvider clock)
    {
        value.Accept(command.Year, user.Id.Value, user.Actor.Name, clock.GetUtcNow());
        return new MembersChanged([value.MemberId]);
    }
}
