using Association.Billing.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Runs;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Dues.Charges;

/// <summary>Marks a chunk as invoiced; with the last one the run is executed.</summary>
[PlainWords(typeof(DuesTexts), "Work.NoteInvoiced")]
internal static class ChargesInvoicedHandler
{
    // The run's row is locked first: two last chunks at once would otherwise not see each other.
    public static Task<DuesRun?> LoadAsync(ChargesInvoiced message, MembershipDb db, CancellationToken ct) => DuesRuns.LockAsync(db, message.Run, ct);

    public static async Task HandleAsync(ChargesInvoiced message, DuesRun? run, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        if (run is not { State: DuesRunState.Executing })
            return;
        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync(
            $"update membership.dues_run_chunk set invoiced_at = {now} where run_id = {run.Id.Value} and chunk = {message.Chunk} and invoiced_at is null",
            ct
        );
        var waiting = await db
            .Database.SqlQuery<int>($"select count(*)::int as \"Value\" from membership.dues_run_chunk where run_id = {run.Id.Value} and invoiced_at is null")
            .SingleAsync(ct);
        if (waiting == 0)
            run.Complete(now);
    }
}

/// <summary>A cancelled invoice voids its charge: the member may be charged again.</summary>
[PlainWords(typeof(DuesTexts), "Work.VoidCharges")]
internal static class ChargesVoidedHandler
{
    public static Task HandleAsync(ChargesVoided message, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var charges = message.Charges.Select(c => c.Value).ToArray();
        return db.Database.ExecuteSqlAsync($"update membership.charge set voided_at = {clock.GetUtcNow()} where id = any({charges}) and voided_at is null", ct);
    }
}
