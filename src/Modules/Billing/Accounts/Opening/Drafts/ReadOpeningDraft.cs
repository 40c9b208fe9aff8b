using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Documents;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Opening.Drafts;

/// <summary>What taking over an uploaded list would book; null when it is gone or somebody else's.</summary>
[Permission(BillingModule.TakeOverOpening)]
internal sealed record ReadOpeningDraft(Guid Draft) : IQuery<OpeningPlan?>;

internal static class ReadOpeningDraftHandler
{
    public static async Task<OpeningPlan?> HandleAsync(
        ReadOpeningDraft query,
        BillingDb db,
        CurrentUser user,
        TimeProvider clock,
        IStringLocalizer<OpeningTexts> texts,
        IStringLocalizer<DocumentsTexts> documents,
        CancellationToken ct
    ) =>
        await OpeningDraft.ReadAsync(db, query.Draft, user, ct) is { } list
            ? await OpeningPlanning.PlanAsync(list, db, clock.Today(), texts, documents, ct)
            : null;
}
