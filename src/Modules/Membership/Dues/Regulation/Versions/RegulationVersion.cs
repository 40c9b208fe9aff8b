using Association.Membership.Data;
using Association.Platform.Data.Approvals;
using Association.Platform.Data.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Membership.Dues.Regulation.Versions;

internal enum RegulationState
{
    /// <summary>May be edited.</summary>
    Draft,

    /// <summary>A second person is to put it in force; an edit makes it a draft again.</summary>
    Submitted,

    /// <summary>Two people signed; final. Ends the day before the next version begins.</summary>
    InForce,

    /// <summary>Another version took its place from its first day on; nobody was charged under it.</summary>
    Replaced,
}

/// <summary>A version of the regulation as the office edits and signs it; what it charges are its rules (<see cref="Regulations"/>).</summary>
internal sealed class RegulationVersion : INeedsApproval
{
    public required DuesRegulationId Id { get; init; }

    /// <summary>What people call it: Fassung 3. Given by the database.</summary>
    public int Number { get; private set; }

    public RegulationState State { get; private set; }
    public required DateOnly ValidFrom { get; set; }

    /// <summary>The last day; null: until replaced.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>„Mitgliederversammlung“; null while a draft waits for the resolution.</summary>
    public string? ResolvedBy { get; set; }
    public DateOnly? ResolvedOn { get; set; }

    /// <summary>The resolution's words, or where they stand; may be empty.</summary>
    public string Resolution { get; set; } = "";

    public int DueMonth { get; set; } = 2;
    public int DueDay { get; set; } = 15;
    public int DaysAfterIssue { get; set; } = 30;
    public bool ProRataByMonths { get; set; } = true;
    public string ParagraphDue { get; set; } = "§ 1";
    public string ParagraphAmount { get; set; } = "§ 2";
    public string ParagraphProRata { get; set; } = "§ 3";
    public string ParagraphLeaving { get; set; } = "§ 4";
    public string ParagraphReduction { get; set; } = "§ 5";

    /// <summary>Came with the installation; nobody signed it here.</summary>
    public bool Delivered { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedByName { get; init; }
    public Platform.Data.Approvals.Approval Approval { get; private init; } = new();

    /// <summary>The resolution as PDF in the archive.</summary>
    public Guid? DocumentId { get; set; }

    public uint Version { get; private set; }

    /// <summary>Whether rules and terms may change.</summary>
    public bool IsEditable => State is RegulationState.Draft or RegulationState.Submitted;

    /// <summary>The first dues year that it decides: a year uses the version valid on its 1 January.</summary>
    public int FirstYear => ValidFrom is { Month: 1, Day: 1 } ? ValidFrom.Year : ValidFrom.Year + 1;

    public void Submit(Actor by, DateTimeOffset at)
    {
        Expect(RegulationState.Draft);
        Approval.Ask(by, at);
        State = RegulationState.Submitted;
    }

    /// <summary>Back to a draft: the submission is void.</summary>
    public void Reopen()
    {
        Expect(RegulationState.Submitted);
        Approval.Reopen();
        State = RegulationState.Draft;
    }

    /// <summary>The second person agreed.</summary>
    public void PutInForce()
    {
        Expect(RegulationState.Submitted);
        State = RegulationState.InForce;
    }

    /// <summary>Another version follows on a day.</summary>
    public void EndBefore(DateOnly day)
    {
        Expect(RegulationState.InForce);
        if (day <= ValidFrom)
            State = RegulationState.Replaced;
        else
            ValidTo = day.AddDays(-1);
    }

    private void Expect(RegulationState state)
    {
        if (State != state)
            throw new InvalidOperationException($"Regulation {Number} is {State}.");
    }

    internal sealed class Mapping : IEntityTypeConfiguration<RegulationVersion>
    {
        public void Configure(EntityTypeBuilder<RegulationVersion> builder)
        {
            builder.ToTable("dues_regulation");
            builder.Property(v => v.Number).ValueGeneratedOnAdd();
            builder.Property(v => v.Version).IsRowVersion();
            builder.HasApproval(v => v.Approval, "submitted", always: false);
            builder.Ignore(v => v.IsEditable);
            builder.Ignore(v => v.FirstYear);
        }
    }
}

/// <summary>Finds versions; whoever changes one holds its row until the transaction ends.</summary>
internal static class RegulationVersions
{
    /// <summary>The version, locked: two clicks at once come one after the other.</summary>
    public static async Task<RegulationVersion?> LockAsync(MembershipDb db, DuesRegulationId id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from membership.dues_regulation where id = {id.Value} for update", ct);
        return await db.Set<RegulationVersion>().SingleOrDefaultAsync(v => v.Id == id, ct);
    }

    /// <summary>A version by its number.</summary>
    public static Task<RegulationVersion?> FindAsync(MembershipDb db, int number, CancellationToken ct) =>
        db.Set<RegulationVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.Number == number, ct);

    /// <summary>All versions, the one that begins last first.</summary>
    public static Task<List<RegulationVersion>> AllAsync(MembershipDb db, CancellationToken ct) =>
        db.Set<RegulationVersion>().AsNoTracking().OrderByDescending(v => v.ValidFrom).ThenByDescending(v => v.Number).ToListAsync(ct);

    /// <summary>What a version is compared with: a draft with the version in force on its first day, whatever that day is; a version that was put in force with
    /// the one before it, or the one whose place it took. Null when there is none.</summary>
    public static Task<RegulationVersion?> BeforeAsync(MembershipDb db, RegulationVersion version, CancellationToken ct)
    {
        var (day, number, decided) = (version.ValidFrom, version.Number, !version.IsEditable);
        return db.Set<RegulationVersion>()
            .AsNoTracking()
            .Where(v =>
                (v.State == RegulationState.InForce && (v.ValidFrom < day || (!decided && v.ValidFrom == day)))
                || (decided && v.State == RegulationState.Replaced && v.ValidFrom == day && v.Number < number)
            )
            .OrderByDescending(v => v.ValidFrom)
            .ThenByDescending(v => v.Number)
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>The version in force on a day; null when there is none.</summary>
    public static Task<RegulationVersion?> HoldingOnAsync(MembershipDb db, DateOnly day, CancellationToken ct) =>
        db.Set<RegulationVersion>()
            .AsNoTracking()
            .Where(v => v.State == RegulationState.InForce && v.ValidFrom <= day)
            .OrderByDescending(v => v.ValidFrom)
            .FirstOrDefaultAsync(ct);
}
