using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Categories;

/// <summary>Moves a member to another category: at the next 1 January, as dues are for whole years; or from the start, when the old one was wrong.</summary>
/// <param name="Id">Which.</param>
/// <param name="Version">The state that the person saw.</param>
/// <param name="Category">Code; the present one takes a planned change back.</param>
/// <param name="WasWrong">The old one was entered by mistake: the new one counts at once.</param>
[Permission(MembersFeature.Edit)]
internal sealed record ChangeCategory(MemberId Id, uint Version, string Category, bool WasWrong = false) : ICommand;

internal static class ChangeCategoryHandler
{
    public static Task<Member?> LoadAsync(ChangeCategory command, MembershipDb db, CancellationToken ct) =>
        db.Members.SingleOrDefaultAsync(m => m.Id == command.Id, ct);

    public static async Task<Problem?> ValidateAsync(
        ChangeCategory command,
        Member? member,
        MembershipDb db,
        IStringLocalizer<MembersTexts> texts,
        CancellationToken ct
    ) =>
        MemberEdit.Check(member, command.Version, texts)
        ?? (await db.Categories.FindAsync([command.Category], ct) is null ? new Problem(nameof(command.Category), texts["Problem.Category"]) : null);

    public static MembersChanged Handle(ChangeCategory command, Member member, MembershipDb db, TimeProvider clock)
    {
        var today = clock.Today();
        if (member.NextCategoryOn is { } began && began <= today)
            db.Add(
                new PastCategory
                {
                    MemberId = member.Id,
                    EndedOn = began.AddDays(-1),
                    Category = member.Category,
                }
            );
        member.Category = command.WasWrong ? command.Category : member.CategoryOn(today); // a change whose day has come is history
        var changes = member.Category != command.Category;
        member.NextCategory = changes ? command.Category : null;
        member.NextCategoryOn = changes ? new DateOnly(today.Year + 1, 1, 1) : null;
        return new MembersChanged([member.Id]);
    }
}
