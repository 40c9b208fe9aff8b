using System.Globalization;
using Association.Membership.Contracts;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Applications.List;

/// <summary>Applications in the one search box, by name, contact, town, e-mail or number.</summary>
internal sealed class ApplicationSearch(IMessageBus bus, IStringLocalizer<ApplicationTexts> texts) : ISearchProvider
{
    public string Permission => ApplicationsFeature.Read;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string text, int limit, CancellationToken ct) =>
        [
            .. (await bus.QueryAsync(new ListApplications(new ApplicationFilter(text), Size: limit), ct)).Page.Rows.Select(a => new SearchHit(
                texts["Search.Application"],
                a.Name,
                string.Create(CultureInfo.InvariantCulture, $"{a.Number} · {a.Town}"),
                MembershipPages.Application(a.Number)
            )),
        ];
}
