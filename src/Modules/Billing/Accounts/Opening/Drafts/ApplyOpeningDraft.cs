using Association.Billing.Data;
using Association.Platform.Data.Users;
using Association.Platform.Documents;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Opening.Drafts;

/// <summary>Take over an uploaded list as its preview shows it.</summary>
[Permission(BillingModule.TakeOverOpening)]
internal sealed record ApplyOpeningDraft(Guid Draft) : ICommand;

internal static class ApplyOpeningDraftHandler
{
    public static async Task<(TakeOverOpening?, OpeningPlan?)> LoadAsync(
        ApplyOpeningDraft command,
        BillingDb db,
        CurrentUser user,
        TimeProvider clock,
        IStringLocalizer<OpeningTexts> texts,
        IStringLocalizer<DocumentsTexts> documents,
        CancellationToken ct
    )
    {
        if (await OpeningDraft.ReadAsync(db, command.Draft, user, ct, forUpdate: true) is not { } list)
            return (null, null);
        var take = new TakeOverOpening(list);
        return (take, await TakeOverOpeningHandler.LoadAsync(take, db, clock, texts, documents, ct));
    }

    public static IEnumerable<Problem> Validate(ApplyOpeningDraft _, TakeOverOpening? take, OpeningPlan? plan, IStringLocalizer<OpeningTexts> texts) =>
        take is null ? [new Problem("", texts["Problem.DraftGone"])] : TakeOverOpeningHandler.Validate(take, plan!, texts);

    public static async Task<TakenOpening> HandleAsync(
        ApplyOpeningDraft command,
        TakeOverOpening take,
        OpeningPlan plan,
        BillingDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var taken = await TakeOverOpeningHandler.HandleAsync(take, plan, db, user, clock, ct);
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition("delete from billing.opening_draft where id = @Draft", new { command.Draft }, db.Transaction, cancellationToken: ct)
        );
        return taken;
    }
}
