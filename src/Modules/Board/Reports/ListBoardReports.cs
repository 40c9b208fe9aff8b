using Association.Platform.Data;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Board.Reports;

/// <summary>The reports that were made, the newest first.</summary>
/// <param name="Limit">Rows at most.</param>
[Permission(BoardModule.Read)]
internal sealed record ListBoardReports(int Limit = 100) : IQuery<IReadOnlyList<KeptReport>>;

/// <summary>A report as it was made.</summary>
internal sealed class KeptReport
{
    public Guid Id { get; init; }

    public DateOnly From { get; init; }

    public DateOnly To { get; init; }

    public string Language { get; init; } = "";

    public bool ControlsHold { get; init; }

    public DateTime CreatedAt { get; init; }

    public string CreatedBy { get; init; } = "";

    public string FileName { get; init; } = "";

    public int Size { get; init; }
}

internal static class ListBoardReportsHandler
{
    public static async Task<IReadOnlyList<KeptReport>> HandleAsync(ListBoardReports query, OfficeDatabase database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return
        [
            .. await connection.QueryAsync<KeptReport>(
                new CommandDefinition(
                    """
                    select r.id, r.period_from as "From", r.period_to as "To", r.language, r.controls_hold as ControlsHold, r.created_at as CreatedAt,
                      r.created_by_name as CreatedBy,
                           f.name as FileName, octet_length(f.bytes) as Size
                      from board.report r join platform.archive_file f on f.id = r.archive_file_id
                     order by r.created_at desc, r.id desc limit @Limit
                    """,
                    query,
                    cancellationToken: ct
                )
            ),
        ];
    }
}
