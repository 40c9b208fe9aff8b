using Association.Membership.Contracts;
using Association.Membership.Members;
using Association.Membership.Members.Categories;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Renewals;

/// <summary>What ends and about which nobody did anything yet: a row each, or one for all of a kind when they are many. That a function needs a successor,
/// <see cref="Members.Clarifications.SuccessionTask"/> says.</summary>
internal sealed class RenewalTasks(IMessageBus bus, IStringLocalizer<RenewalTexts> texts, IStringLocalizer<MembersTexts> members) : ITodayTask
{
    private const int RowsOfAKind = 3;

    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(MembersFeature.Edit))
            return [];
        var open = (await bus.QueryAsync(new ListRenewals(), ct)).Where(r => r.IsOpen && r.Key.Kind != RenewalKind.Function).ToList();
        if (open.Count == 0)
            return [];
        var categories = await bus.QueryAsync(new ListCategories(), ct);
        return [.. open.GroupBy(r => r.Key.Kind).SelectMany(kind => kind.Count() > RowsOfAKind ? [AllOf(kind)] : kind.Select(r => RowOf(r, categories)))];
    }

    private TodayRow RowOf(Renewal renewal, IReadOnlyList<Category> categories) =>
        new(
            texts["Today.Group"],
            texts[$"Today.{renewal.Key.Kind}", renewal.Name],
            RenewalWords.Detail(renewal, categories, members, texts),
            MembershipPages.RenewalsOf(renewal.Key.Kind.ToString()) + $"#r-{renewal.Key.Subject}",
            texts["Today.Action"],
            Urgency.Soon,
            renewal.Key.Deadline
        );

    private TodayRow AllOf(IGrouping<RenewalKind, Renewal> kind) =>
        new(
            texts["Today.Group"],
            texts[$"Today.{kind.Key}.Many", new Count(kind.Count())],
            string.Join(", ", kind.Take(RowsOfAKind).Select(r => r.Name)) + " …",
            MembershipPages.RenewalsOf(kind.Key.ToString()),
            texts["Today.Action"],
            Urgency.Soon,
            kind.Min(r => r.Key.Deadline)
        );
}
