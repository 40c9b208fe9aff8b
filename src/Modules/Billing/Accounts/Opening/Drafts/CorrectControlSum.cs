using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Opening.Drafts;

/// <summary>The control sum was mistyped; the uploaded list stays.</summary>
[Permission(BillingModule.TakeOverOpening)]
internal sealed record CorrectControlSum(Guid Draft, Money ControlSum) : ICommand;

internal static class CorrectControlSumHandler
{
    public static Task<OpeningList?> LoadAsync(CorrectControlSum command, BillingDb db, CurrentUser user, CancellationToken ct) =>
        OpeningDraft.ReadAsync(db, command.Draft, user, ct, forUpdate: true);

    public static Problem? Validate(CorrectControlSum _, OpeningList? list, IStringLocalizer<OpeningTexts> texts) =>
        list is null ? new Problem("", texts["Problem.DraftGone"]) : null;

    public static async Task HandleAsync(CorrectControlSum command, OpeningList _, BillingDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "update billing.opening_draft set control_sum = @sum where id = @Draft",
                new { command.Draft, sum = command.ControlSum.Amount },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }
}
