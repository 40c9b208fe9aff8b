using System.Security.Cryptography;
using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Documents;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Opening;

/// <summary>Take over the open amounts and credits of a list, all of it or nothing; the list itself is archived.</summary>
[Permission(BillingModule.TakeOverOpening)]
internal sealed record TakeOverOpening(OpeningList List) : ICommand;

/// <summary>What was booked.</summary>
/// <param name="Import">Its id.</param>
/// <param name="Plan">What the list says.</param>
internal sealed record TakenOpening(Guid Import, OpeningPlan Plan);

internal static class TakeOverOpeningHandler
{
    private const int MostSaid = 20;

    public static async Task<OpeningPlan> LoadAsync(
        TakeOverOpening command,
        BillingDb db,
        TimeProvider clock,
        IStringLocalizer<OpeningTexts> texts,
        IStringLocalizer<DocumentsTexts> documents,
        CancellationToken ct
    )
    {
        // One list at a time: the second of two at once sees what the first one booked, and says so in words.
        await db.OneAtATimeAsync("billing.opening", ct);
        return await OpeningPlanning.PlanAsync(command.List, db, clock.Today(), texts, documents, ct);
    }

    public static IEnumerable<Problem> Validate(TakeOverOpening _, OpeningPlan plan, IStringLocalizer<OpeningTexts> texts)
    {
        if (plan.Before is { } before)
        {
            yield return new Problem("File", texts["Problem.TakenBefore", plan.FileName, Formats.Of(before.At), before.By]);
            yield break;
        }
        if (!plan.SumAgrees)
            yield return new Problem("ControlSum", texts["Problem.ControlSum", Formats.Of(plan.ControlSum), Formats.Of(plan.Sum)]);
        foreach (var finding in plan.Findings.Take(MostSaid))
            yield return new Problem("File", $"{finding.Cell}: {finding.Reason}");
        if (plan.Findings.Count > MostSaid)
            yield return new Problem("File", texts["Problem.MoreFindings", new Count(plan.Findings.Count - MostSaid)]);
        if (plan.Rows.Count == 0 && plan.Findings.Count == 0)
            yield return new Problem("File", texts["Problem.NothingToTake"]);
    }

    public static async Task<TakenOpening> HandleAsync(
        TakeOverOpening command,
        OpeningPlan plan,
        BillingDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (connection, today, list) = (await db.ConnectionAsync(ct), clock.Today(), command.List);
        var file = ArchivedFile.New(list.FileName, "application/octet-stream", list.Bytes);
        await FileArchive.AddAsync(connection, [file], ct);

        var import = Guid.CreateVersion7();
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.opening_import (id, file_name, archive_file_id, sha256, control_sum, open_count, open_sum, credit_count, credit_sum,
                  taken_on, taken_by)
                values (@import, @FileName, @file, @sha256, @control, @OpenCount, @open, @CreditCount, @credit, @today, @by)
                """,
                new
                {
                    import,
                    plan.FileName,
                    file = file.Id,
                    sha256 = SHA256.HashData(list.Bytes.Span),
                    control = plan.ControlSum.Amount,
                    plan.OpenCount,
                    open = plan.OpenSum.Amount,
                    plan.CreditCount,
                    credit = plan.CreditSum.Amount,
                    today,
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );

        var items = plan.Rows.SelectMany(Items).ToList();
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.item (id, import_id, kind, account_id, origin, amount, due_on, row_number)
                select x.id, @import, x.kind, x.account, x.origin, x.amount, x.due, x.row
                  from unnest(@ids, @kinds, @accounts, @origins, @amounts, @dues::date[], @rows) with ordinality as x (id, kind, account, origin, amount, due,
                    row, place) order by x.place
                """,
                new
                {
                    import,
                    ids = items.Select(i => i.Id.Value).ToArray(),
                    kinds = items.Select(i => i.IsCredit ? "credit" : "open").ToArray(),
                    accounts = items.Select(i => i.Row.Account!.Value.Value).ToArray(),
                    origins = items.Select(i => i.Row.Origin).ToArray(),
                    amounts = items.Select(i => i.Amount.Amount).ToArray(),
                    dues = items.Select(i => i.IsCredit ? null : i.Row.DueOn).ToArray(),
                    rows = items.Select(i => i.Row.Row).ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        await Journal.AppendAsync(connection, [.. items.Select(i => i.Posting(today))], user.Actor.Name, ct);
        return new TakenOpening(import, plan);
    }

    private static IEnumerable<Item> Items(OpeningRow row)
    {
        if (row.Open > Money.Zero)
            yield return new Item(ItemId.New(), row, IsCredit: false, row.Open);
        if (row.Credit > Money.Zero)
            yield return new Item(ItemId.New(), row, IsCredit: true, row.Credit);
    }

    private sealed record Item(ItemId Id, OpeningRow Row, bool IsCredit, Money Amount)
    {
        public Posting Posting(DateOnly today) =>
            IsCredit
                ? Ledger.Posting.OfOpeningCredit(Id, Row.Account!.Value, Amount, today, Row.Origin)
                : Ledger.Posting.OfOpening(Id, Row.Account!.Value, Amount, today, Row.Origin);
    }
}
