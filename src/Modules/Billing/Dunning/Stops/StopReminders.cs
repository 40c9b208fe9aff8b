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

namespace Association.Billing.Dunning.Stops;

/// <summary>Nobody reminds of an item, or of anything that a member owes, from today on.</summary>
/// <param name="Member">The member's number.</param>
/// <param name="Number">Only of this invoice or item; null: of all that the member owes.</param>
/// <param name="Reason">Why.</param>
/// <param name="Note">Anything else; needed when the reason is another one; up to 300 characters.</param>
/// <param name="Until">Last day of the stop; null: until it is lifted. A promise and a deferral have one.</param>
[Permission(BillingModule.StopReminders)]
internal sealed record StopReminders(string Member, string? Number, StopReason Reason, string Note, DateOnly? Until) : ICommand;

/// <summary>Whom a stop concerns.</summary>
internal sealed record StopSubject(AccountId Account, ItemRef? Item);

internal static class StopRemindersHandler
{
    private const int LongestNote = 300;

    public static async Task<StopSubject?> LoadAsync(StopReminders command, BillingDb db, CancellationToken ct)
    {
        if (await NamedAccount.OfMemberAsync(db, command.Member, ct) is not { } account)
            return null;
        if (command.Number is null)
            return new StopSubject(account, null);
        var item = await MoneyEvents.ItemAsync(db, command.Number, ct);
        var owner = item is null
            ? null
            : await (await db.ConnectionAsync(ct)).ExecuteScalarAsync<Guid?>(
                new CommandDefinition(
                    "select account_id from billing.open_receivable where id = @id",
                    new { id = item.Value.Invoice?.Value ?? item.Value.Other!.Value.Value },
                    db.Transaction,
                    cancellationToken: ct
                )
            );
        return owner == account.Value ? new StopSubject(account, item) : null;
    }

    public static IEnumerable<Problem> Validate(StopReminders command, StopSubject? subject, TimeProvider clock, IStringLocalizer<DunningTexts> texts)
    {
        if (subject is null)
            yield return command.Number is { } number
                ? new Problem(nameof(command.Number), texts["Problem.NothingOpen", number])
                : new Problem(nameof(command.Member), texts["Problem.NoAccount", command.Member]);
        if (!Enum.IsDefined(command.Reason))
            yield return new Problem(nameof(command.Reason), texts["Problem.Reason"]);
        if (CleanText.Line(command.Note).Trim().Length > LongestNote)
            yield return new Problem(nameof(command.Note), texts["Problem.NoteTooLong", LongestNote]);
        if (command.Reason == StopReason.Other && CleanText.Line(command.Note).Trim().Length == 0)
            yield return new Problem(nameof(command.Note), texts["Problem.NoteMissing"]);
        if (command.Until < clock.Today())
            yield return new Problem(nameof(command.Until), texts["Problem.EndsBeforeItBegins", Formats.Of(clock.Today())]);
        if (command.Until > clock.Today().AddYears(3))
            yield return new Problem(nameof(command.Until), texts["Problem.EndsTooLate"]);
        if (command is { Reason: StopReason.Promise or StopReason.Deferral, Until: null })
            yield return new Problem(nameof(command.Until), texts["Problem.EndMissing"]);
    }

    public static async Task HandleAsync(
        StopReminders command,
        StopSubject subject,
        BillingDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    ) =>
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.dunning_stop (id, account_id, invoice_id, item_id, reason, note, from_day, until_day, set_at, set_by)
                values (@id, @account, @invoice, @item, @reason, @note, @today, @Until, @now, @by)
                """,
                new
                {
                    id = Guid.CreateVersion7(),
                    account = subject.Account.Value,
                    invoice = subject.Item?.Invoice?.Value,
                    item = subject.Item?.Other?.Value,
                    reason = EnumText.Of(command.Reason),
                    note = CleanText.Line(command.Note).Trim(),
                    today = clock.Today(),
                    command.Until,
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
}

/// <summary>A stop holds no longer. Once lifted, a repetition does nothing.</summary>
[Permission(BillingModule.StopReminders)]
internal sealed record LiftStop(Guid Stop) : ICommand;

internal static class LiftStopHandler
{
    public static async Task HandleAsync(LiftStop command, BillingDb db, CurrentUser user, TimeProvider clock, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                "update billing.dunning_stop set lifted_at = @now, lifted_by = @by where id = @Stop and lifted_at is null",
                new
                {
                    command.Stop,
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
}
