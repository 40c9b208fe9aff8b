using Association.Billing.Data;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Printing.Batches;

/// <summary>The batches, the newest first.</summary>
/// <param name="Number">Only this one; null for all.</param>
/// <param name="Id">Only this one; null for all.</param>
[Permission(BillingModule.Print)]
internal sealed record ListPrintBatches(int? Number = null, Guid? Id = null) : IQuery<IReadOnlyList<PrintBatch>>;

/// <summary>Where a batch stands.</summary>
internal enum PrintBatchState
{
    /// <summary>Its file is being made.</summary>
    Making,

    /// <summary>It can be printed.</summary>
    Ready,

    /// <summary>It is on paper.</summary>
    Printed,

    /// <summary>It is on its way.</summary>
    Sent,

    /// <summary>It was given up before it was printed; its documents wait again.</summary>
    Dissolved,
}

/// <summary>A mark on a batch.</summary>
internal sealed record PrintMark(DateTimeOffset At, string By);

/// <summary>A batch.</summary>
internal sealed record PrintBatch(
    Guid Id,
    int Number,
    string? Letter,
    int? LetterVersion,
    string Reason,
    bool Duplex,
    Guid Work,
    int Envelopes,
    int Documents,
    int? Sheets,
    Guid? PrintFile,
    Guid? ListFile,
    PrintMark Created,
    PrintMark? Printed,
    PrintMark? Sent,
    PrintMark? Dissolved
)
{
    public PrintBatchState State =>
        Dissolved is not null ? PrintBatchState.Dissolved
        : Sent is not null ? PrintBatchState.Sent
        : Printed is not null ? PrintBatchState.Printed
        : PrintFile is not null ? PrintBatchState.Ready
        : PrintBatchState.Making;
}

internal static class ListPrintBatchesHandler
{
    public static async Task<IReadOnlyList<PrintBatch>> HandleAsync(ListPrintBatches query, BillingDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(
                """
                select b.id, b.number, l.name as Letter, b.letter_version as LetterVersion, b.reason, b.duplex, b.work_id as Work, b.envelopes, b.documents,
                  b.sheets,
                       b.print_file_id as PrintFile, b.list_file_id as ListFile, b.created_at as CreatedAt, b.created_by as CreatedBy,
                         b.printed_at as PrintedAt, b.printed_by as PrintedBy,
                       b.sent_at as SentAt, b.sent_by as SentBy, b.dissolved_at as DissolvedAt, b.dissolved_by as DissolvedBy
                  from billing.print_batch b left join billing.cover_letter l on l.id = b.letter_id
                 where (@Number::int is null or b.number = @Number) and (@Id::uuid is null or b.id = @Id) order by b.number desc limit 200
                """,
                query,
                db.Transaction,
                cancellationToken: ct
            )
        );
        return [.. rows.Select(r => r.ToBatch())];
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public int Number { get; init; }
        public string? Letter { get; init; }
        public int? LetterVersion { get; init; }
        public string Reason { get; init; } = "";
        public bool Duplex { get; init; }
        public Guid Work { get; init; }
        public int Envelopes { get; init; }
        public int Documents { get; init; }
        public int? Sheets { get; init; }
        public Guid? PrintFile { get; init; }
        public Guid? ListFile { get; init; }
        public DateTime CreatedAt { get; init; }
        public string CreatedBy { get; init; } = "";
        public DateTime? PrintedAt { get; init; }
        public string? PrintedBy { get; init; }
        public DateTime? SentAt { get; init; }
        public string? SentBy { get; init; }
        public DateTime? DissolvedAt { get; init; }
        public string? DissolvedBy { get; init; }

        public PrintBatch ToBatch() =>
            new(
                Id,
                Number,
                Letter,
                LetterVersion,
                Reason,
                Duplex,
                Work,
                Envelopes,
                Documents,
                Sheets,
                PrintFile,
                ListFile,
                new PrintMark(CreatedAt, CreatedBy),
                Mark(PrintedAt, PrintedBy),
                Mark(SentAt, SentBy),
                Mark(DissolvedAt, DissolvedBy)
            );

        private static PrintMark? Mark(DateTime? at, string? by) => at is { } when ? new PrintMark(when, by!) : null;
    }
}
