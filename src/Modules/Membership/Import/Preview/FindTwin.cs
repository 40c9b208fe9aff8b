using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;

namespace Association.Membership.Import.Preview;

/// <summary>The member that somebody who is typed in by hand probably is already, found as a list's rows are; null when there is none.</summary>
/// <param name="Details">As typed.</param>
[Permission(ImportFeature.Read)]
internal sealed record FindTwin(MemberDetails Details) : IQuery<Twin?>;

/// <summary>A member that is probably the same.</summary>
/// <param name="Number">Mitgliedsnummer.</param>
/// <param name="Name">Its name.</param>
/// <param name="Town">Where.</param>
/// <param name="Why">What both share, as a sentence.</param>
internal sealed record Twin(string Number, string Name, string Town, string Why);

internal static class FindTwinHandler
{
    public static async Task<Twin?> HandleAsync(FindTwin query, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var typed = query.Details.Tidy();
        if (typed.Name.Length == 0)
            return null;
        var finder = new DuplicateFinder();
        foreach (var member in await KnownMembers.ReadAsync(db, clock.Today(), ct))
            finder.Add(ImportPlanner.EntryOf(member));
        var entry = new Entry("", null, typed.Name, typed.Kind == MemberKind.Person, typed.Street, typed.PostalCode, typed.Town, null, null);
        return finder.Find(entry) is { } hit ? new Twin(hit.Entry.Number!, hit.Entry.Name, hit.Entry.Town, hit.Reasons.Say()) : null;
    }
}
