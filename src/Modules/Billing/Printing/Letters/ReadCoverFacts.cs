using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;

namespace Association.Billing.Printing.Letters;

/// <summary>What a covering letter would say about a member's newest invoice; of an invented one when there is none.</summary>
/// <param name="Member">The member's number; empty for the invented one.</param>
/// <param name="Reason">For the field of that name.</param>
[Permission(BillingModule.Print)]
internal sealed record ReadCoverFacts(string Member, string Reason = "") : IQuery<CoverFacts>;

internal static class ReadCoverFactsHandler
{
    public static async Task<CoverFacts> HandleAsync(
        ReadCoverFacts query,
        BillingDb db,
        IDuesComparisons comparisons,
        IAssociationProfiles profiles,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (query.Member.Trim().Length > 0 && await CoverFacts.OfMemberAsync(db, comparisons, query.Member, query.Reason, ct) is { } facts)
            return facts;
        var (year, association) = (clock.Today().Year + 1, await profiles.CurrentAsync(ct));
        return new CoverFacts(
            "de",
            new PrintedAddress(["Muster gGmbH", "Musterweg 1"], association.PostalCode, association.Town, "DE"),
            "Muster gGmbH",
            "0000",
            "BR-0000-00000",
            year,
            new Money(5244),
            new DateOnly(year, 2, 15),
            "640 Planbetten: 5.200,00 € + 40 × 1,10 €",
            query.Reason,
            new Money(5244),
            new Money(5000)
        );
    }
}
