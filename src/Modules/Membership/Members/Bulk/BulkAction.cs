using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.List;
using Association.Platform.Data;
using Association.Platform.Web.Lists;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Bulk;

/// <summary>What can be done to many members at once.</summary>
internal enum BulkKind
{
    /// <summary>Give a tag.</summary>
    Tag,

    /// <summary>Take a tag.</summary>
    Untag,

    /// <summary>Move to another category at the next 1 January.</summary>
    Category,
}

/// <summary>What was done to many members at once.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What.</param>
/// <param name="Tag">Which tag; null of a category, and when the tag is gone.</param>
/// <param name="Subject">The tag's name, or the category's code.</param>
/// <param name="EffectiveOn">Of a category: the 1 January from which it counts.</param>
/// <param name="Total">How many members were chosen.</param>
/// <param name="Changed">To how many it did something: the others were so already.</param>
/// <param name="Work">The long work that does it; null when it was done at once.</param>
/// <param name="StartedBy">Who.</param>
/// <param name="StartedAt">When.</param>
/// <param name="UndoneBy">Who took it back; null: nobody.</param>
internal sealed record BulkAction(
    Guid Id,
    BulkKind Kind,
    Guid? Tag,
    string Subject,
    DateOnly? EffectiveOn,
    int Total,
    int Changed,
    Guid? Work,
    string StartedBy,
    DateTimeOffset StartedAt,
    string? UndoneBy
)
{
    /// <summary>The action; null when there is none. In a transaction it is locked.</summary>
    public static async Task<BulkAction?> FindAsync(MembershipDb db, Guid id, CancellationToken ct)
    {
        var row = await (await db.ConnectionAsync(ct)).QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition(
                $"""
                select b.id, b.kind, b.tag_id as Tag, b.subject, b.effective_on as EffectiveOn, b.total, b.work_id as Work, b.started_by as StartedBy,
                  b.started_at as StartedAt,
                       b.undone_by as UndoneBy, (select count(*)::int from membership.bulk_change c where c.action_id = b.id) as Changed
                  from membership.bulk_action b where b.id = @id {(db.Transaction is null ? "" : "for update")}
                """,
                new { id },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return row is null
            ? null
            : new BulkAction(
                row.Id,
                EnumText.Parse<BulkKind>(row.Kind),
                row.Tag,
                row.Subject,
                row.EffectiveOn,
                row.Total,
                row.Changed,
                row.Work,
                row.StartedBy,
                new DateTimeOffset(row.StartedAt, TimeSpan.Zero),
                row.UndoneBy
            );
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public required string Kind { get; init; }
        public Guid? Tag { get; init; }
        public required string Subject { get; init; }
        public DateOnly? EffectiveOn { get; init; }
        public int Total { get; init; }
        public int Changed { get; init; }
        public Guid? Work { get; init; }
        public required string StartedBy { get; init; }
        public DateTime StartedAt { get; init; }
        public string? UndoneBy { get; init; }
    }
}

internal static class BulkUrl
{
    private const string Bulk = MembershipPages.Bulk;

    /// <summary>Says that all matches of the filter are meant; without it and without a ticked row nobody is.</summary>
    public const string All = "all";

    public static string Of(BulkKind kind) => Bulk + EnumText.Of(kind);

    public static string Of(Guid action) => Bulk + action;

    public static BulkChoice Action(BulkKind kind, string icon, IStringLocalizer<MemberListTexts> texts) => new(Of(kind), icon, texts[$"Bulk.{kind}"]);
}
