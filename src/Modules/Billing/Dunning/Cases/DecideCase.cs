using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Shown;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Dunning.Cases;

/// <summary>What the board decides after the last demand.</summary>
internal enum CaseDecision
{
    /// <summary>The claim is pursued in court.</summary>
    Court,

    /// <summary>The board looks at it again after a day.</summary>
    Wait,

    /// <summary>It is written off; the resolution itself is entered where claims are given up.</summary>
    WriteOff,

    /// <summary>It is waived; likewise.</summary>
    Waive,

    /// <summary>The member is excluded; likewise on the member's page.</summary>
    Exclude,
}

/// <summary>Notes what the board decided on an item after the last demand. It is no case any more; after waiting it is one again.</summary>
/// <param name="Number">Of the invoice or the item.</param>
/// <param name="Decision">What is to become of it.</param>
/// <param name="WaitUntil">Last day of waiting; null otherwise.</param>
/// <param name="ResolvedBy">Who decided: „Vorstand“.</param>
/// <param name="ResolvedOn">When.</param>
/// <param name="Resolution">Its text or number.</param>
[Permission(BillingModule.DecideCases)]
internal sealed record DecideCase(string Number, CaseDecision Decision, DateOnly? WaitUntil, string ResolvedBy, DateOnly ResolvedOn, string Resolution)
    : ICommand;

/// <summary>What is decided on.</summary>
internal sealed record CaseItem(ItemRef Item, Guid Account);

internal static class DecideCaseHandler
{
    private const int LongestName = 200;
    private const int LongestResolution = 1000;

    public static async Task<CaseItem?> LoadAsync(DecideCase command, BillingDb db, CancellationToken ct)
    {
        if (await MoneyEvents.ItemAsync(db, command.Number, ct) is not { } item)
            return null;
        var account = await (await db.ConnectionAsync(ct)).ExecuteScalarAsync<Guid?>(
            new CommandDefinition(
                """
                select r.account_id from billing.open_receivable r join billing.reminded m on m.item = r.id and m.level = 3
                 where r.id = @id
                """,
                new { id = item.Invoice?.Value ?? item.Other!.Value.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return account is { } owner ? new CaseItem(item, owner) : null;
    }

    public static IEnumerable<Problem> Validate(DecideCase command, CaseItem? found, TimeProvider clock, IStringLocalizer<DunningTexts> texts)
    {
        if (found is null)
            yield return new Problem("", texts["Problem.NoCase", command.Number]);
        if (!Enum.IsDefined(command.Decision))
            yield return new Problem(nameof(command.Decision), texts["Problem.Decision"]);
        if (CleanText.Line(command.ResolvedBy).Trim().Length is 0 or > LongestName)
            yield return new Problem(nameof(command.ResolvedBy), texts["Problem.ResolvedBy", LongestName]);
        if (CleanText.Line(command.Resolution).Trim().Length is 0 or > LongestResolution)
            yield return new Problem(nameof(command.Resolution), texts["Problem.Resolution", LongestResolution]);
        if (command.ResolvedOn > clock.Today())
            yield return new Problem(nameof(command.ResolvedOn), texts["Problem.ResolvedAhead"]);
        if (command is { Decision: CaseDecision.Wait } && (command.WaitUntil is not { } until || until < clock.Today()))
            yield return new Problem(nameof(command.WaitUntil), texts["Problem.EndsBeforeItBegins", Formats.Of(clock.Today())]);
    }

    public static async Task HandleAsync(DecideCase command, CaseItem found, BillingDb db, CurrentUser user, TimeProvider clock, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.dunning_decision
                  (id, account_id, invoice_id, item_id, decision, wait_until, resolved_by, resolved_on, resolution, noted_at, noted_by)
                values (@id, @Account, @invoice, @item, @decision, @until, @resolvedBy, @ResolvedOn, @resolution, @now, @by)
                """,
                new
                {
                    id = Guid.CreateVersion7(),
                    found.Account,
                    invoice = found.Item.Invoice?.Value,
                    item = found.Item.Other?.Value,
                    decision = EnumText.Of(command.Decision),
                    until = command.Decision == CaseDecision.Wait ? command.WaitUntil : null,
                    resolvedBy = CleanText.Line(command.ResolvedBy).Trim(),
                    command.ResolvedOn,
                    resolution = CleanText.Line(command.Resolution).Trim(),
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
}
