using Association.Billing.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Opening.Drafts;

/// <summary>Take over an uploaded list as its preview shows it.</summary>
[Permission(BillingModule.TakeOverOpening)]
internal sealed record ApplyOpeningDraft(Guid Draft) : ICommand;

internal static class ApplyOpeningDraftHandler
{
    public static Task<OpeningList?> LoadAsync(ApplyOpeningDraft command, BillingDb db, CurrentUser user, CancellationToken ct) =>
        OpeningDraft.ReadAsync(db, command.Draft, user, ct, forUpdate: true);

    public static Problem? Validate(ApplyOpeningDraft _, OpeningList? list, IStringLocalizer<OpeningTexts> texts) => list is null ? new Problem("", texts["Problem.DraftGone"]) : null;

    public static async Task<TakenOpening> HandleAsync(ApplyOpeningDraft command, OpeningList list, BillingDb db, IMessageBus bus, CancellationToken ct)
    {
        var taken = await bus.InvokeAsync<TakenOpening>(new TakeOverOpening(list), ct);
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition("delete from billing.opening_draft where id = @Draft", new { command.Draft }, db.Transaction, cancellationToken: ct));
        return taken;
    }
}
