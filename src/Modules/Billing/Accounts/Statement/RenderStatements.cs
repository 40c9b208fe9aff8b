using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Letters;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Accounts.Statement;

/// <summary>Make the files of these statements, once each; some a message, so that a retry repeats little.</summary>
/// <param name="Statements">All that are still to be made.</param>
[MessageName("billing.render-statements"), InternalOnly]
internal sealed record RenderStatements(IReadOnlyList<Guid> Statements) : ICommand;

/// <summary>Renders what the books say now, and archives it; what has its file keeps it.</summary>
[PlainWords(typeof(AccountTexts), "Work.RenderStatements")]
internal static class RenderStatementsHandler
{
    private const int PerMessage = 25;

    public static async Task<OutgoingMessages> HandleAsync(
        RenderStatements command,
        BillingDb db,
        IAssociationProfiles profiles,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var association = await profiles.CurrentAsync(ct);
        var (now, later) = (command.Statements.Take(PerMessage).ToArray(), command.Statements.Skip(PerMessage).ToList());
        var connection = await db.ConnectionAsync(ct);
        // The row lock makes a second delivery of the same message wait; then it finds the files there.
        var missing = (
            await connection.QueryAsync<(Guid Id, string Number, string Member, DateOnly? From, DateOnly To)>(
                new CommandDefinition(
                    """
                    select s.id, s.number, a.member_number, s.from_day, s.to_day
                      from (select * from billing.letter where id = any (@now) order by id for no key update) s join billing.account a on a.id = s.account_id
                     where not exists (select from billing.letter_document d where d.letter_id = s.id)
                    """,
                    new { now },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();
        var made = new List<(Guid Statement, ArchivedFile File, string Recipient)>(missing.Count);
        foreach (var (id, number, member, from, to) in missing)
        {
            var statement = (await GetStatementHandler.HandleAsync(new GetStatement(member, from, to), db, clock, ct))!;
            var pdf = Letter.Render(StatementLetter.Write(statement, association, clock.Today(), clock.GetUtcNow(), number));
            made.Add((id, ArchivedFile.New(number + ".pdf", "application/pdf", pdf), BillingJson.Write(statement.Holder.Recipient)));
        }
        await FileArchive.AddAsync(connection, [.. made.Select(m => m.File)], ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.letter_document (letter_id, archive_file_id, recipient)
                select * from unnest(@statements, @files, @recipients::jsonb[])
                """,
                new
                {
                    statements = made.Select(m => m.Statement).ToArray(),
                    files = made.Select(m => m.File.Id).ToArray(),
                    recipients = made.Select(m => m.Recipient).ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return later.Count > 0 ? [new RenderStatements(later)] : [];
    }
}
