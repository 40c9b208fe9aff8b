using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Opening;

/// <summary>What taking over a list would book; nothing is written.</summary>
[Permission(BillingModule.TakeOverOpening)]
internal sealed record PreviewOpening(OpeningList List) : IQuery<OpeningPlan>;

internal static class PreviewOpeningHandler
{
    public static Task<OpeningPlan> HandleAsync(
        PreviewOpening query,
        BillingDb db,
        TimeProvider clock,
        IStringLocalizer<OpeningTexts> texts,
        IStringLocalizer<DocumentsTexts> documents,
        CancellationToken ct
    ) => OpeningPlanning.PlanAsync(query.List, db, clock.Today(), texts, documents, ct);
}
