using Association.Membership.Contracts;
using Association.Membership.Members.List;
using Association.Membership.Members.List.Filtering;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Record;

/// <summary>Members in the one search box, by number, name, town, e-mail or one of their contacts.</summary>
internal sealed class MemberSearch(IMessageBus bus, IStringLocalizer<MembersTexts> texts) : ISearchProvider
{
    public string Permission => MembersFeature.Read;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string text, int limit, CancellationToken ct)
    {
        var found = await bus.QueryAsync(new ListMembers(new MemberFilter(Search: text), Size: limit, WithTotals: false), ct);
        return
        [
            .. found.Rows.Select(m => new SearchHit(
                texts["Search.Member"],
                m.Name,
                $"{m.Number} · {m.Town}".TrimEnd(' ', '·'),
                MembershipPages.Member(m.Number)
            )),
        ];
    }
}
