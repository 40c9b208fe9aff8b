using Association.Billing.Data;
using Association.Platform.Messaging;

namespace Association.Billing.Printing.Letters;

/// <summary>The newest version of every covering letter, by name.</summary>
[Permission(BillingModule.Print)]
internal sealed record ListCoverLetters : IQuery<IReadOnlyList<StoredCoverLetter>>;

/// <summary>The newest version of a covering letter; null when there is none.</summary>
[Permission(BillingModule.Print)]
internal sealed record GetCoverLetter(Guid Id) : IQuery<StoredCoverLetter?>;

internal static class ListCoverLettersHandler
{
    public static Task<IReadOnlyList<StoredCoverLetter>> HandleAsync(ListCoverLetters _, BillingDb db, CancellationToken ct) => CoverLetters.AllAsync(db, ct);
}

internal static class GetCoverLetterHandler
{
    public static Task<StoredCoverLetter?> HandleAsync(GetCoverLetter query, BillingDb db, CancellationToken ct) => CoverLetters.NewestAsync(db, query.Id, ct);
}
