using Association.Membership.Applications.Model;
using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;

namespace Association.Membership.Applications.Form;

/// <summary>What somebody can apply for, and what it costs.</summary>
[AnyoneMay("The public form shows the categories and computes the expected dues from the regulation; nobody's data is in it.")]
internal sealed record ReadApplicationTerms : IQuery<ApplicationTerms>;

internal static class ReadApplicationTermsHandler
{
    public static Task<ApplicationTerms> HandleAsync(ReadApplicationTerms query, MembershipDb db, TimeProvider clock, CancellationToken ct) =>
        ApplicationTerms.ReadAsync(db, clock.Today(), ct);
}
