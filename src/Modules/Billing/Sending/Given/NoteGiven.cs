using Association.Billing.Data;
using Association.Billing.Deliveries;
using Association.Billing.Printing.Batches;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Sending.Given;

/// <summary>Note that members have what waits for them otherwise: it was handed over, or left before the office sent documents. It no longer waits.</summary>
/// <param name="Number">Only this document; null: all that wait of the run.</param>
/// <param name="Run">Which run; null: the one document.</param>
/// <param name="Seen">How many waiting documents the person was shown: when it is another number by now, nothing is noted.</param>
/// <param name="On">The day.</param>
/// <param name="How">By what means, at most 200 letters.</param>
[Permission(BillingModule.Send)]
internal sealed record NoteGiven(string? Number, DuesRunId? Run, int Seen, DateOnly On, string How) : ICommand;

/// <summary>What waits of what is meant.</summary>
internal sealed record WaitingToBeGiven(int Documents, DateOnly? IssuedLast);

internal static class NoteGivenHandler
{
    public const int LongestHow = 200;

    public static async Task<WaitingToBeGiven> LoadAsync(NoteGiven command, BillingDb db, CancellationToken ct)
    {
        // With batches and mails: what one of them takes right now is not noted as given besides.
        await PaperBatch.LockAsync(db, ct);
        await HandOver.LockAsync(db, ct);
        var connection = await db.ConnectionAsync(ct);
        return await connection.QuerySingleAsync<WaitingToBeGiven>(
            new CommandDefinition(
                $"select count(*)::int as Documents, max(issued_on) as IssuedLast from ({Meant}) w",
                Parameters(command),
                db.Transaction,
                cancellationToken: ct
            )
        );
    }

    public static IEnumerable<Problem> Validate(NoteGiven command, WaitingToBeGiven waiting, TimeProvider clock, IStringLocalizer<SendingTexts> texts)
    {
        if (waiting.Documents == 0 || command is { Number: null, Run: null })
            yield return new Problem("", texts["Given.Nothing"]);
        else if (waiting.Documents != command.Seen)
            yield return new Problem("", texts["Given.Changed", new Count(waiting.Documents)]);
        if (command.On > clock.Today())
            yield return new Problem(nameof(command.On), texts["Given.Future", Formats.Of(command.On)]);
        else if (command.On < waiting.IssuedLast)
            yield return new Problem(nameof(command.On), texts["Given.Early", Formats.Of(command.On), Formats.Of(waiting.IssuedLast.Value)]);
        if (command.How.Trim().Length is 0 or > LongestHow)
            yield return new Problem(nameof(command.How), texts["Given.How.Problem", LongestHow]);
    }

    /// <returns>How many documents.</returns>
    public static async Task<int> HandleAsync(NoteGiven command, BillingDb db, CurrentUser user, TimeProvider clock, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                $"""
                insert into billing.given_document (id, note_id, archive_file_id, invoice_id, letter_id, account_id, given_on, how, noted_at, noted_by)
                select gen_random_uuid(), @note, w.file, case when w.kind in ('invoice', 'cancellation') then w.document_id end,
                       case when w.kind not in ('invoice', 'cancellation') then w.document_id end, w.account_id, @On, @How, @now, @by
                  from ({Meant}) w
                """,
                Parameters(command, clock.GetUtcNow(), user.Actor.Name),
                db.Transaction,
                cancellationToken: ct
            )
        );

    private const string Meant =
        "select * from billing.delivery_waiting where (@number::text is null or number = @number) and (@run::uuid is null or run_id = @run)";

    private static object Parameters(NoteGiven command, DateTimeOffset now = default, string by = "") =>
        new
        {
            number = command.Number?.Trim().ToUpperInvariant(),
            run = command.Run?.Value,
            note = Guid.CreateVersion7(),
            command.On,
            How = CleanText.Line(command.How).Trim(),
            now,
            by,
        };
}
