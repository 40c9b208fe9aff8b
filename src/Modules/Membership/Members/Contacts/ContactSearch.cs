using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.List.Filtering;
using Association.Membership.Members.Record;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Contacts;

/// <summary>People in the one search box; a hit leads to the member for whom they act.</summary>
internal sealed class ContactSearch(IMessageBus bus, IStringLocalizer<MembersTexts> texts) : ISearchProvider
{
    public string Permission => MembersFeature.Read;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string text, int limit, CancellationToken ct)
    {
        var found = await bus.QueryAsync(new FindContacts(text, limit), ct);
        return [.. found.Select(c => new SearchHit(texts["Search.Contact"], c.Name, c.MemberName, MembershipPages.Member(c.MemberNumber, "people")))];
    }
}

/// <summary>Contacts whose name or e-mail is like the text, most alike first.</summary>
[Permission(MembersFeature.Read)]
internal sealed record FindContacts(string Text, int Limit) : IQuery<IReadOnlyList<FoundContact>>;

internal sealed record FoundContact(string Name, string MemberNumber, string MemberName);

internal static class FindContactsHandler
{
    public static async Task<IReadOnlyList<FoundContact>> Handle(FindContacts query, MembershipDb db, CancellationToken ct)
    {
        if (TidyText.OrNull(query.Text) is not { } text)
            return [];
        var connection = await db.ConnectionAsync(ct);
        await Similarity.SetAsync(connection, ct);
        var rows = await connection.QueryAsync<FoundContact>(
            new CommandDefinition(
                """
                select c.name, m.number as membernumber, m.name as membername
                  from membership.contact c join membership.member m on m.id = c.member_id
                 where platform.fold(@text) <% c.search_text
                 order by word_similarity(platform.fold(@text), c.search_text) desc, c.name
                 limit @limit
                """,
                new { text = text.Length > 100 ? text[..100] : text, limit = Math.Clamp(query.Limit, 1, 50) },
                cancellationToken: ct
            )
        );
        return [.. rows];
    }
}
