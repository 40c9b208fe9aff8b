using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Kinds;
using Association.Membership.Dues.Regulation;
using Association.Platform.Data.Approvals;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Membership.Dues.Runs;

internal enum DuesRunState
{
    /// <summary>A preview: everything is calculated anew whenever somebody looks.</summary>
    Draft,

    /// <summary>Charges are frozen; a second person is to approve them.</summary>
    Submitted,

    /// <summary>Two people signed.</summary>
    Approved,

    /// <summary>Billing makes the invoices.</summary>
    Executing,

    /// <summary>Every charge has its invoice.</summary>
    Executed,
}

/// <summary>A dues run of one kind and year. Later runs of the same year charge whoever is liable and not yet charged.</summary>
internal sealed class DuesRun : INeedsApproval
{
    /// <summary><see cref="Code"/> of the row <c>r</c>, in SQL.</summary>
    public const string CodeSql = "r.year || '-' || case r.kind when 'admission' then 'A' when 'levy' then 'U' else '' end || r.number";

    public required DuesRunId Id { get; init; }
    public DuesKind Kind { get; init; }
    public required int Year { get; init; }
    public required int Number { get; init; }
    public DuesRunState State { get; private set; }
    public required DuesRegulationId RegulationId { get; set; }

    /// <summary>What an admission fee or a levy charges; null for the annual dues.</summary>
    public DuesTerms? Terms { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedByName { get; init; }
    public Approval Approval { get; private init; } = new();
    public UserId? ExecutedBy { get; private set; }
    public string? ExecutedByName { get; private set; }
    public DateTimeOffset? ExecutionBeganAt { get; private set; }
    public DateTimeOffset? ExecutedAt { get; private set; }
    public Guid? WorkId { get; private set; }

    /// <summary>Number of the frozen charges.</summary>
    public int Charges { get; private set; }

    /// <summary>Their sum.</summary>
    public Money Total { get; private set; }
    public int MissingInput { get; private set; }
    public int NotLiable { get; private set; }
    public int Exempt { get; private set; }
    public uint Version { get; private set; }

    /// <summary>What people call it: <c>2027-1</c>; an admission fee <c>2027-A1</c>, a levy <c>2027-U1</c>.</summary>
    public string Code => $"{Year}-{Kind switch { DuesKind.Admission => "A", DuesKind.Levy => "U", _ => "" }}{Number}";

    /// <summary>Freezes the figures; the charges are stored beside.</summary>
    public void Submit(Actor by, DateTimeOffset at, RunFigures figures)
    {
        Expect(DuesRunState.Draft);
        Approval.Ask(by, at);
        (Charges, Total, MissingInput, NotLiable, Exempt) = figures;
        State = DuesRunState.Submitted;
    }

    /// <summary>Withdrawn or refused, it is a draft again: submission and approval are void.</summary>
    public void Reopen()
    {
        Expect(DuesRunState.Submitted, DuesRunState.Approved);
        Approval.Reopen();
        (Charges, Total, MissingInput, NotLiable, Exempt) = new RunFigures(0, Money.Zero, 0, 0, 0);
        State = DuesRunState.Draft;
    }

    /// <summary>The second person agreed.</summary>
    public void Release()
    {
        Expect(DuesRunState.Submitted);
        State = DuesRunState.Approved;
    }

    public void BeginExecution(Actor by, DateTimeOffset at, Guid work)
    {
        Expect(DuesRunState.Approved);
        (ExecutedBy, ExecutedByName, ExecutionBeganAt, WorkId) = (by.Id, by.Name, at, work);
        State = DuesRunState.Executing;
    }

    public void Complete(DateTimeOffset at)
    {
        Expect(DuesRunState.Executing);
        (ExecutedAt, State) = (at, DuesRunState.Executed);
    }

    private void Expect(params DuesRunState[] states)
    {
        if (!states.Contains(State))
            throw new InvalidOperationException($"Dues run {Id.Value} is {State}.");
    }

    internal sealed class Mapping : IEntityTypeConfiguration<DuesRun>
    {
        public void Configure(EntityTypeBuilder<DuesRun> builder)
        {
            builder.Property(r => r.Version).IsRowVersion();
            builder.HasApproval(r => r.Approval, "submitted", always: false);
            builder.Ignore(r => r.Code);
            builder.Property(r => r.Terms).HasColumnType("jsonb").HasConversion(terms => terms!.Write(), json => DuesTerms.Read(json));
        }
    }
}

/// <summary>What a run came to.</summary>
internal sealed record RunFigures(int Charges, Money Total, int MissingInput, int NotLiable, int Exempt);

/// <summary>Finds runs; whoever changes one holds its row until the transaction ends.</summary>
internal static class DuesRuns
{
    /// <summary>The run, locked: two clicks or two verbs at once come one after the other.</summary>
    public static async Task<DuesRun?> LockAsync(MembershipDb db, DuesRunId id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from membership.dues_run where id = {id.Value} for update", ct);
        return await db.Set<DuesRun>().SingleOrDefaultAsync(r => r.Id == id, ct);
    }

    /// <summary>A run by what people call it: <c>2027-1</c>, <c>2027-A1</c>, <c>2027-U1</c>.</summary>
    public static async Task<DuesRun?> FindAsync(MembershipDb db, string code, CancellationToken ct)
    {
        var parts = code.Split('-');
        if (parts.Length != 2 || parts[1].Length == 0)
            return null;
        var kind = parts[1][0] switch
        {
            'A' => DuesKind.Admission,
            'U' => DuesKind.Levy,
            _ => DuesKind.Annual,
        };
        return int.TryParse(parts[0], out var year) && int.TryParse(kind == DuesKind.Annual ? parts[1] : parts[1][1..], out var number)
            ? await db.Set<DuesRun>().AsNoTracking().SingleOrDefaultAsync(r => r.Kind == kind && r.Year == year && r.Number == number, ct)
            : null;
    }

    /// <summary>The runs of a kind and year, the last one first.</summary>
    public static Task<List<DuesRun>> OfYearAsync(MembershipDb db, int year, CancellationToken ct, DuesKind kind = DuesKind.Annual) =>
        db.Set<DuesRun>().AsNoTracking().Where(r => r.Kind == kind && r.Year == year).OrderByDescending(r => r.Number).ToListAsync(ct);
}
