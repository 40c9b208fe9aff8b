using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.LongWork;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.Members.Bulk;

/// <summary>Goes on with a bulk action for some of its members.</summary>
[MessageName("membership.bulk-chunk"), InternalOnly]
internal sealed record RunBulkChunk(Guid Action, IReadOnlyList<MemberId> Members) : ICommand;

[PlainWords(typeof(BulkTexts), "Work.Chunk")]
internal static class RunBulkChunkHandler
{
    public static async Task<OutgoingMessages?> HandleAsync(RunBulkChunk chunk, MembershipDb db, LongWorkLog works, TimeProvider clock, CancellationToken ct)
    {
        // The row of the action is locked: its chunks come one after the other, and one that was taken back meanwhile goes no further.
        if (await BulkAction.FindAsync(db, chunk.Action, ct) is not { Work: { } work } action)
            return null;
        OutgoingMessages? messages = action.UndoneBy is null
            ? [.. await BulkSteps.DoAsync(db, action, [.. chunk.Members.Select(m => m.Value)], clock.Today(), ct)]
            : null;
        await works.AdvanceAsync(db, work, chunk.Members.Count, 0, ct);
        return messages;
    }
}

/// <summary>The statements of the bulk actions, one for a set of members each; the audit trigger writes their histories.</summary>
internal static class BulkSteps
{
    private const string Tag = """
        with done as (insert into membership.member_tag (member_id, tag_id) select id, @tag from membership.member where id = any (@ids) on conflict do nothing
          returning member_id)
        insert into membership.bulk_change (action_id, member_id) select @action, member_id from done returning member_id
        """;

    private const string Untag = """
        with done as (delete from membership.member_tag where tag_id = @tag and member_id = any (@ids) returning member_id)
        insert into membership.bulk_change (action_id, member_id) select @action, member_id from done returning member_id
        """;

    // The rule of a single change: what counts today becomes the category, the new one waits for 1 January; the present one takes a planned change back.
    private const string Category = """
        with before as (
          select id, membership.category_on(@today, category, next_category, next_category_on) as present,
                 case when next_category_on > @today then next_category end as planned, case
                   when next_category_on > @today then next_category_on end as planned_on
            from membership.member where id = any (@ids) and (left_on is null or left_on >= @effective) for update),
        done as (
          update membership.member m
             set category = b.present, next_category = nullif(@subject, b.present), next_category_on = case when @subject <> b.present then @effective end
            from before b where m.id = b.id and coalesce(b.planned, b.present) <> @subject
          returning m.id, b.planned, b.planned_on)
        insert into membership.bulk_change (action_id, member_id, before_category, before_on) select @action, id, planned, planned_on from done
          returning member_id
        """;

    private const string UndoTag =
        "delete from membership.member_tag x using membership.bulk_change c where c.action_id = @action and x.member_id = c.member_id and x.tag_id = @tag returning x.member_id";

    private const string UndoUntag =
        "insert into membership.member_tag (member_id, tag_id) select member_id, @tag from membership.bulk_change where action_id = @action on conflict do nothing returning member_id";

    // Whoever was changed otherwise since then stays as he is.
    private const string UndoCategory = """
        update membership.member m set next_category = c.before_category, next_category_on = c.before_on
          from membership.bulk_change c
         where c.action_id = @action and m.id = c.member_id
           and ((m.next_category = @subject and m.next_category_on = @effective) or (m.next_category is null and m.category = @subject))
        returning m.id
        """;

    /// <summary>Does it to these members.</summary>
    /// <returns>What other modules hear of it.</returns>
    public static Task<IEnumerable<object>> DoAsync(MembershipDb db, BulkAction action, Guid[] members, DateOnly today, CancellationToken ct) =>
        RunAsync(
            db,
            action,
            action.Kind switch
            {
                BulkKind.Tag => Tag,
                BulkKind.Untag => Untag,
                _ => Category,
            },
            members,
            today,
            ct
        );

    /// <summary>Takes it back for all whom it changed.</summary>
    public static Task<IEnumerable<object>> UndoAsync(MembershipDb db, BulkAction action, DateOnly today, CancellationToken ct) =>
        RunAsync(
            db,
            action,
            action.Kind switch
            {
                BulkKind.Tag => UndoTag,
                BulkKind.Untag => UndoUntag,
                _ => UndoCategory,
            },
            [],
            today,
            ct
        );

    private static async Task<IEnumerable<object>> RunAsync(MembershipDb db, BulkAction action, string sql, Guid[] ids, DateOnly today, CancellationToken ct)
    {
        if (action.Kind != BulkKind.Category)
        {
            if (action.Tag is null)
                return []; // deleted since then: nobody can have it
            await db.NameInHistoryAsync(action.Subject, ct);
        }
        var changed = await (await db.ConnectionAsync(ct)).QueryAsync<Guid>(
            new CommandDefinition(
                sql,
                new
                {
                    action = action.Id,
                    ids,
                    tag = action.Tag,
                    subject = action.Subject,
                    effective = action.EffectiveOn,
                    today,
                },
                db.Transaction,
                commandTimeout: 300,
                cancellationToken: ct
            )
        );
        return action.Kind == BulkKind.Category ? changed.Select(MemberId.From).Chunk(500).Select(object (members) => new MembersChanged(members)) : [];
    }
}
