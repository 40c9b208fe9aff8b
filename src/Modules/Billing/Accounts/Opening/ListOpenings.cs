using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Accounts.Opening;

/// <summary>The lists that were taken over, the newest first.</summary>
[Permission(BillingModule.ReadLedger)]
internal sealed record ListOpenings : IQuery<IReadOnlyList<PastOpening>>;

/// <summary>A list that was taken over.</summary>
internal sealed record PastOpening(
    Guid Id,
    string FileName,
    Guid File,
    DateTimeOffset TakenAt,
    string TakenBy,
    int OpenCount,
    Money OpenSum,
    int CreditCount,
    Money CreditSum,
    DateTimeOffset? UndoneAt,
    string? UndoneBy,
    int Used
)
{
    /// <summary>Nothing was paid, set off or paid back against it, and nobody took it back.</summary>
    public bool CanBeUndone => UndoneAt is null && Used == 0;
}

internal static class ListOpeningsHandler
{
    public static async Task<IReadOnlyList<PastOpening>> HandleAsync(ListOpenings _, BillingDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(
                $"""
                select id, file_name as FileName, archive_file_id as File, taken_at as TakenAt, taken_by as TakenBy, open_count as OpenCount,
                  open_sum as OpenSum,
                       credit_count as CreditCount, credit_sum as CreditSum, undone_at as UndoneAt, undone_by as UndoneBy,
                       (select count(*)::int from billing.item e where e.import_id = opening_import.id and {UndoOpeningHandler.IsUsed}) as Used
                  from billing.opening_import order by taken_at desc, id
                """,
                transaction: db.Transaction,
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.Select(r => new PastOpening(
                r.Id,
                r.FileName,
                r.File,
                r.TakenAt,
                r.TakenBy,
                r.OpenCount,
                new Money(r.OpenSum),
                r.CreditCount,
                new Money(r.CreditSum),
                r.UndoneAt is { } at ? at : null,
                r.UndoneBy,
                r.Used
            )),
        ];
    }

    private sealed class Row
    {
        public Guid Id { get; init; }

        public required string FileName { get; init; }

        public Guid File { get; init; }

        public DateTime TakenAt { get; init; }

        public required string TakenBy { get; init; }

        public int OpenCount { get; init; }

        public decimal OpenSum { get; init; }

        public int CreditCount { get; init; }

        public int Used { get; init; }

        public decimal CreditSum { get; init; }

        public DateTime? UndoneAt { get; init; }

        public string? UndoneBy { get; init; }
    }
}
