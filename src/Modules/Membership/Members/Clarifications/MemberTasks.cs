using Association.Membership.Contracts;
using Association.Membership.Members.Contacts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Clarifications;

/// <summary>„N Importangaben klären“: one row that names its parts.</summary>
internal sealed class ClarificationTask(IMessageBus bus, IStringLocalizer<MembersTexts> texts) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(MembersFeature.Edit))
            return [];
        var open = await bus.QueryAsync(new ListClarifications(Limit: 1), ct);
        if (open.Counts.Sum(c => c.Count) is not (> 0 and var all))
            return [];
        return
        [
            new TodayRow(
                texts["Today.Group"],
                texts["Today.Clarify", new Count(all)],
                string.Join(" · ", open.Counts.Select(c => $"{texts[$"Clarification.{c.Kind}"].Value} {Formats.Number(c.Count)}")),
                MembershipPages.Clarifications,
                texts["Today.ClarifyAction"],
                Urgency.Soon
            ),
        ];
    }
}

/// <summary>Functions that end and that nobody holds afterwards.</summary>
internal sealed class SuccessionTask(IMessageBus bus, IStringLocalizer<MembersTexts> texts) : ITodayTask
{
    private const int RowsShown = 10;

    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(MembersFeature.Edit))
            return [];
        var open = await bus.QueryAsync(new ListOpenSuccessions(), ct);
        return
        [
            .. open.OrderBy(o => o.LastDay)
                .Take(RowsShown)
                .Select(o => new TodayRow(
                    texts["Today.Group"],
                    texts["Today.Succession", o.Title.Length > 0 ? o.Title : texts[$"Function.{o.Kind}"].Value],
                    texts["Today.SuccessionDetail", o.MemberName, o.Holder, Formats.Of(o.LastDay)],
                    MembershipPages.Member(o.MemberNumber, "people"),
                    texts["Today.SuccessionAction"],
                    Urgency.Soon,
                    o.LastDay
                )),
        ];
    }
}
