using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Record;
using Association.Platform.Data.Lists;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Notes;

/// <summary>Notes and files of members in the one search box, by what they say and how they are called.</summary>
internal sealed class NoteSearch(IMessageBus bus, IStringLocalizer<NoteTexts> texts) : ISearchProvider
{
    public string Permission => MembersFeature.ReadNotes;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string text, int limit, CancellationToken ct) =>
        [
            .. (await bus.QueryAsync(new FindNotes(text, limit), ct)).Select(n => new SearchHit(
                texts[n.IsFile ? "Search.File" : "Search.Note"],
                NoteRules.Beginning(n.What),
                $"{n.Number} · {n.Name}",
                MembershipPages.Member(n.Number, "notes")
            )),
        ];
}

/// <summary>Notes and files that hold this text, the newest first; what was withdrawn or deleted is not found.</summary>
[Permission(MembersFeature.ReadNotes)]
internal sealed record FindNotes(string Text, int Limit) : IQuery<IReadOnlyList<FoundNote>>;

/// <param name="IsFile">A file, by its name; otherwise a note.</param>
/// <param name="What">The name, or the note.</param>
/// <param name="Number">Of the member.</param>
/// <param name="Name">Of the member.</param>
internal sealed record FoundNote(bool IsFile, string What, string Number, string Name);

internal static class FindNotesHandler
{
    private const int Shortest = 3; // less is in everything
    private const int Longest = 100;

    public static async Task<IReadOnlyList<FoundNote>> HandleAsync(FindNotes query, MembershipDb db, CancellationToken ct)
    {
        if (TidyText.Line(query.Text) is not { Length: >= Shortest and <= Longest } text)
            return [];
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<FoundNote>(
            new CommandDefinition(
                """
                select x.isfile, x.what, m.number, m.name
                  from (
                    select member_id, false as isfile, note as what, written_at as at from membership.member_note
                     where withdrawn_at is null and search_text like '%' || platform.fold(@text) || '%'
                    union all
                    select member_id, true, name, kept_at from membership.member_file
                     where deleted_at is null and search_text like '%' || platform.fold(@text) || '%'
                  ) x join membership.member m on m.id = x.member_id
                 order by x.at desc limit @limit
                """,
                new { text = SqlLike.Escape(text), limit = Math.Clamp(query.Limit, 1, 50) },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return rows.AsList();
    }
}
