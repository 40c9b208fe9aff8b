using Association.Billing.Data;
using Association.Platform.Data.Approvals;
using Association.Platform.Data.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Billing.Dunning.Runs;

/// <summary>How far a run of reminders is.</summary>
public enum DunningRunState
{
    /// <summary>A second person is to agree.</summary>
    Submitted,

    /// <summary>It may be sent.</summary>
    Approved,

    /// <summary>Its letters are being written.</summary>
    Sending,

    /// <summary>All of its letters are written and handed over, by mail and to the print batch.</summary>
    Sent,

    /// <summary>Given up, or refused.</summary>
    Withdrawn,
}

/// <summary>What is to be reminded of, as it was found on a day. At most one is on its way.</summary>
internal sealed class DunningRun : INeedsApproval
{
    public required Guid Id { get; init; }

    /// <summary>1, 2, 3 …</summary>
    public int Number { get; private set; }

    /// <summary>The day on which its items were found.</summary>
    public DateOnly AsOf { get; set; }
    public DunningRunState State { get; private set; }

    /// <summary>Writing its letters; null before.</summary>
    public Guid? WorkId { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }
    public required Approval Approval { get; init; }
    public uint Version { get; private set; }

    /// <summary>The calendar submitted it, not a person.</summary>
    public bool IsByCalendar => Approval.AskedBy is null;

    public static DunningRun Submitted(DateOnly asOf, Actor by, DateTimeOffset at, bool needsSecond) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            AsOf = asOf,
            Approval = Approval.Asked(by, at, needsSecond),
            State = needsSecond ? DunningRunState.Submitted : DunningRunState.Approved,
        };

    public void Release() => State = DunningRunState.Approved;

    public void GiveUp() => State = DunningRunState.Withdrawn;

    public void Begin(Guid work) => (State, WorkId) = (DunningRunState.Sending, work);

    public void End(DateTimeOffset at) => (State, SentAt) = (DunningRunState.Sent, at);

    /// <summary>Locks the run that is on its way; null when none is.</summary>
    public static async Task<DunningRun?> LockOpenAsync(BillingDb db, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from billing.dunning_run where state in ('submitted', 'approved', 'sending') for update", ct);
        return await db.Set<DunningRun>()
            .SingleOrDefaultAsync(r => r.State == DunningRunState.Submitted || r.State == DunningRunState.Approved || r.State == DunningRunState.Sending, ct);
    }

    /// <summary>Locks a run; null when there is none.</summary>
    public static async Task<DunningRun?> LockAsync(BillingDb db, int number, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from billing.dunning_run where number = {number} for update", ct);
        return await db.Set<DunningRun>().SingleOrDefaultAsync(r => r.Number == number, ct);
    }

    /// <summary>Locks a run that there is.</summary>
    public static async Task<DunningRun> LockAsync(BillingDb db, Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from billing.dunning_run where id = {id} for update", ct);
        return await db.Set<DunningRun>().SingleAsync(r => r.Id == id, ct);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<DunningRun>
    {
        public void Configure(EntityTypeBuilder<DunningRun> builder)
        {
            builder.Property(r => r.Version).IsRowVersion();
            builder.Property(r => r.Number).ValueGeneratedOnAdd();
            builder.HasApproval(r => r.Approval, asked: "submitted", always: false, mayNeedNone: true);
            builder.Ignore(r => r.IsByCalendar);
        }
    }
}
