using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Members.Clarifications;

/// <summary>What is open to clarify, grouped by kind.</summary>
/// <param name="Kind">Only this kind; null for all.</param>
/// <param name="Limit">Rows at most.</param>
[Permission(MembersFeature.Read)]
internal sealed record ListClarifications(ClarificationKind? Kind = null, int Limit = 200) : IQuery<OpenClarifications>;

/// <summary>What is open.</summary>
/// <param name="Counts">By kind, the most frequent first; of all kinds, whichever was asked for.</param>
/// <param name="Rows">By kind, then by age.</param>
internal sealed record OpenClarifications(IReadOnlyList<(ClarificationKind Kind, int Count)> Counts, IReadOnlyList<ClarificationRow> Rows);

/// <summary>One thing to clarify and the member it concerns; without one the row was not taken over.</summary>
internal sealed record ClarificationRow(Clarification Clarification, string? MemberNumber, string? MemberName, bool HasMandate);

internal static class ListClarificationsHandler
{
    public static async Task<OpenClarifications> Handle(ListClarifications query, MembershipDb db, CancellationToken ct)
    {
        var open = db.Clarifications.AsNoTracking().Where(c => c.State == ClarificationState.Open);
        var counts = await open.GroupBy(c => c.Kind).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var rows = await (
            from c in open
            where query.Kind == null || c.Kind == query.Kind
            join m in db.Members on c.MemberId equals m.Id into members
            from m in members.DefaultIfEmpty()
            orderby c.Kind, c.CreatedAt, c.SourceRow, c.Id
            select new
            {
                Clarification = c,
                Number = m == null ? null : m.Number,
                Name = m == null ? null : m.Name,
                HasMandate = m != null && m.Iban != null && m.MandateReference != null && m.MandateSignedOn != null,
            }
        )
            .Take(query.Limit)
            .ToListAsync(ct);
        return new OpenClarifications(
            [.. counts.OrderByDescending(c => c.Count).ThenBy(c => c.Key).Select(c => (c.Key, c.Count))],
            [.. rows.Select(r => new ClarificationRow(r.Clarification, r.Number, r.Name, r.HasMandate))]
        );
    }
}
