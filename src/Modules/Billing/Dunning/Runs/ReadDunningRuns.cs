using Association.Billing.Data;
using Association.Billing.Dunning.Finding;
using Association.Billing.Receivables;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.EntityFrameworkCore;

namespace Association.Billing.Dunning.Runs;

/// <summary>The runs, the newest first.</summary>
/// <param name="Size">At most so many.</param>
[Permission(BillingModule.ReadLedger)]
internal sealed record ListDunningRuns(int Size = 20) : IQuery<IReadOnlyList<DunningRunSummary>>;

/// <summary>A run with its figures.</summary>
/// <param name="Run">The run.</param>
/// <param name="Accounts">To be reminded when it was submitted.</param>
/// <param name="Open">Of their items, then.</param>
/// <param name="Letters">That were written.</param>
/// <param name="Fees">That they cost.</param>
internal sealed record DunningRunSummary(DunningRun Run, int Accounts, Money Open, int Letters, Money Fees);

/// <summary>A run with what it concerns; null when there is none.</summary>
/// <param name="Number">Its number.</param>
[Permission(BillingModule.ReadLedger)]
internal sealed record ReadDunningRun(int Number) : IQuery<DunningRunView?>;

/// <summary>A run.</summary>
/// <param name="Summary">With its figures.</param>
/// <param name="Items">In the order of names.</param>
internal sealed record DunningRunView(DunningRunSummary Summary, IReadOnlyList<DunningRunItem> Items)
{
    public DunningRun Run => Summary.Run;
}

/// <summary>What a run wants to remind of, and what became of it.</summary>
/// <param name="Member">The member's number.</param>
/// <param name="Name">The member's name.</param>
/// <param name="Number">Of the invoice or the item.</param>
/// <param name="DueOn">Its due day.</param>
/// <param name="Level">At which level.</param>
/// <param name="Open">When the run was submitted.</param>
/// <param name="OpenNow">Today.</param>
/// <param name="LeftOut">Why no letter was written after all; null otherwise.</param>
/// <param name="Letter">Number of the letter; null without.</param>
/// <param name="TakenBack">The letter was taken back.</param>
/// <param name="HasLeft">It is under way or gone, and stays.</param>
internal sealed record DunningRunItem(
    string Member,
    string Name,
    string Number,
    DateOnly DueOn,
    DunningLevel Level,
    Money Open,
    Money OpenNow,
    LeftOut? LeftOut,
    string? Letter,
    bool TakenBack,
    bool HasLeft
);

internal static class ListDunningRunsHandler
{
    public static async Task<IReadOnlyList<DunningRunSummary>> HandleAsync(ListDunningRuns query, BillingDb db, CancellationToken ct) =>
        await SummariesAsync(db, await db.Set<DunningRun>().AsNoTracking().OrderByDescending(r => r.Number).Take(query.Size).ToListAsync(ct), ct);

    public static async Task<IReadOnlyList<DunningRunSummary>> SummariesAsync(BillingDb db, IReadOnlyList<DunningRun> runs, CancellationToken ct)
    {
        var figures = (
            await (await db.ConnectionAsync(ct)).QueryAsync<(Guid Id, int Accounts, decimal Open, int Letters, decimal Fees)>(
                new CommandDefinition(
                    """
                    select r.id, (select count(distinct i.account_id)::int from billing.dunning_run_item i where i.run_id = r.id),
                           (select coalesce(sum(i.open), 0) from billing.dunning_run_item i where i.run_id = r.id),
                           count(m.letter_id)::int, coalesce(sum(f.amount), 0)
                      from billing.dunning_run r left join billing.reminder m on m.run_id = r.id and m.taken_back_at is null
                      left join billing.item f on f.id = m.fee_item_id
                     where r.id = any (@ids) group by r.id
                    """,
                    new { ids = runs.Select(r => r.Id).ToArray() },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).ToDictionary(f => f.Id);
        return [.. runs.Select(r => figures[r.Id] is var f ? new DunningRunSummary(r, f.Accounts, new Money(f.Open), f.Letters, new Money(f.Fees)) : null!)];
    }
}

internal static class ReadDunningRunHandler
{
    public static async Task<DunningRunView?> HandleAsync(ReadDunningRun query, BillingDb db, CancellationToken ct)
    {
        if (await db.Set<DunningRun>().AsNoTracking().SingleOrDefaultAsync(r => r.Number == query.Number, ct) is not { } run)
            return null;
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<Row>(
            new CommandDefinition(
                """
                select a.member_number as Member, a.name as Name, coalesce(i.number, e.number) as Number, coalesce(i.due_on, e.due_on) as DueOn, x.level as Level,
                       x.open as Open, coalesce(o.open, 0) as OpenNow, x.left_out as LeftOut, l.number as Letter, m.taken_back_at is not null as TakenBack,
                       exists (select from billing.delivery d where d.document_id = x.letter_id and d.state <> 'withdrawn') as HasLeft
                  from billing.dunning_run_item x join billing.account a on a.id = x.account_id
                  left join billing.invoice i on i.id = x.invoice_id left join billing.item e on e.id = x.item_id
                  left join billing.open_receivable o on o.id = coalesce(x.invoice_id, x.item_id)
                  left join billing.letter l on l.id = x.letter_id left join billing.reminder m on m.letter_id = x.letter_id
                 where x.run_id = @Id order by a.name collate "de-DE-x-icu", a.member_number, 4, 3
                """,
                new { run.Id },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new DunningRunView((await ListDunningRunsHandler.SummariesAsync(db, [run], ct))[0], [.. rows.Select(r => r.ToItem())]);
    }

    private sealed class Row
    {
        public required string Member { get; init; }
        public required string Name { get; init; }
        public required string Number { get; init; }
        public DateOnly DueOn { get; init; }
        public int Level { get; init; }
        public decimal Open { get; init; }
        public decimal OpenNow { get; init; }
        public string? LeftOut { get; init; }
        public string? Letter { get; init; }
        public bool TakenBack { get; init; }
        public bool HasLeft { get; init; }

        public DunningRunItem ToItem() =>
            new(
                Member,
                Name,
                Number,
                DueOn,
                (DunningLevel)Level,
                new Money(Open),
                new Money(OpenNow),
                LeftOut is null ? null : EnumText.Parse<LeftOut>(LeftOut),
                Letter,
                TakenBack,
                HasLeft
            );
    }
}
