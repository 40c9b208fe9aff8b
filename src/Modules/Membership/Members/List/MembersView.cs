using Association.Membership.Contracts;
using Association.Membership.Members.List.Filtering;
using Association.Platform.Messaging;
using Association.Platform.Web.Lists;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.List;

/// <summary>The member list, as saved views know it.</summary>
internal sealed class MembersView(IMessageBus bus, IStringLocalizer<MembersTexts> texts) : IFilteredList
{
    public const string ListName = "membership.members";
    public const string Page = MembershipPages.Members;

    public string Name => ListName;

    public string Title => texts["Members.Title"];

    public string Path => Page;

    public string Permission => MembersFeature.Read;

    public string Canonical(IQueryCollection query) => MemberListAddress.Canonical(query);

    public async Task<int> CountAsync(string canonical, CancellationToken ct) =>
        (await bus.QueryAsync(new CountMatches(MemberListAddress.Read(ListQuery.Parse(canonical)).Filter), ct)).Members;
}
