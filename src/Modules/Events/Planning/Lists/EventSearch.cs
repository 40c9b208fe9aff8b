using Association.Events.Contracts;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Lists;

/// <summary>Events in the one search box, by title, series, place or number.</summary>
internal sealed class EventSearch(IMessageBus bus, IStringLocalizer<EventTexts> texts) : ISearchProvider
{
    public string Permission => PlanningFeature.Read;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string text, int limit, CancellationToken ct) =>
        [
            .. (await bus.QueryAsync(new ListEvents(new EventFilter(text), Size: limit), ct)).Page.Rows.Select(e => new SearchHit(
                texts["Kind." + e.Kind],
                e.Title,
                e.Place.Length > 0 ? $"{Formats.Of(e.Day)} · {e.Place}" : Formats.Of(e.Day),
                EventsPages.Event(e.Number)
            )),
        ];
}
