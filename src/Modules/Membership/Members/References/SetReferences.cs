using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.References;

/// <summary>
/// Keeps the order number, Kassenzeichen and Leitweg-ID of a dues year: the next invoice of that year prints them. What is issued already is told anew
/// by readdressing it. All empty: the year has none.
/// </summary>
/// <param name="Member">Whose.</param>
/// <param name="Year">Dues year.</param>
/// <param name="Version">The state that the person saw; 0: there was none.</param>
/// <param name="PurchaseOrder">Up to 60 characters; null without.</param>
/// <param name="CashReference">Up to 60 characters; null without.</param>
/// <param name="LeitwegId">With its check digits; null without.</param>
[Permission(MembersFeature.Edit)]
internal sealed record SetReferences(MemberId Member, int Year, uint Version, string? PurchaseOrder, string? CashReference, string? LeitwegId) : ICommand;

/// <summary>The member and the references of the year, as far as there are any.</summary>
internal sealed record MemberYear(Member? Member, YearReferences? References);

internal static class SetReferencesHandler
{
    private const int Longest = 60;

    public static async Task<MemberYear> LoadAsync(SetReferences command, MembershipDb db, CancellationToken ct)
    {
        // The member's row is held: two who enter the same year at once come one after the other.
        await db.Database.ExecuteSqlAsync($"select from membership.member where id = {command.Member.Value} for no key update", ct);
        return new MemberYear(
            await db.Members.AsNoTracking().SingleOrDefaultAsync(m => m.Id == command.Member, ct),
            await db.Set<YearReferences>().SingleOrDefaultAsync(r => r.MemberId == command.Member && r.Year == command.Year, ct)
        );
    }

    public static IEnumerable<Problem> Validate(SetReferences command, MemberYear found, TimeProvider clock, IStringLocalizer<ReferenceTexts> texts)
    {
        if (found.Member is null)
            yield return new Problem("", texts["Problem.MemberGone"]);
        else if ((found.References?.Version ?? 0) != command.Version)
            throw new ConcurrentEditException(texts["Problem.ConcurrentEdit", command.Year])
            {
                Row = ("membership.year_references", command.Member.Value.ToString()),
            };
        if (Math.Abs(command.Year - clock.Today().Year) > 5)
            yield return new Problem(nameof(command.Year), texts["Problem.Year", command.Year]);
        foreach (var (field, value) in new[] { (nameof(command.PurchaseOrder), command.PurchaseOrder), (nameof(command.CashReference), command.CashReference) })
            if (TidyText.Line(value ?? "").Length > Longest)
                yield return new Problem(field, texts["Problem.TooLong", Longest]);
        if (TidyText.OrNull(command.LeitwegId) is { } typed && !LeitwegId.TryParse(typed, out _, out var fault))
            yield return new Problem(nameof(command.LeitwegId), texts["Problem.Leitweg." + fault]);
    }

    public static void Handle(SetReferences command, MemberYear found, MembershipDb db)
    {
        var references = found.References ?? new YearReferences { MemberId = command.Member, Year = command.Year };
        references.PurchaseOrder = TidyText.OrNull(command.PurchaseOrder);
        references.CashReference = TidyText.OrNull(command.CashReference);
        references.LeitwegId = LeitwegId.TryParse(command.LeitwegId, out var id, out _) ? id.Value : null;
        var none = references is { PurchaseOrder: null, CashReference: null, LeitwegId: null };
        if (found.References is null && !none)
            db.Add(references);
        else if (found.References is not null && none)
            db.Remove(references);
    }
}

/// <summary>The references of a member, the newest year first.</summary>
[Permission(MembersFeature.Read)]
internal sealed record ReadReferences(MemberId Member) : IQuery<IReadOnlyList<YearReferences>>;

internal static class ReadReferencesHandler
{
    public static async Task<IReadOnlyList<YearReferences>> HandleAsync(ReadReferences query, MembershipDb db, CancellationToken ct) =>
        await db.Set<YearReferences>().AsNoTracking().Where(r => r.MemberId == query.Member).OrderByDescending(r => r.Year).ToListAsync(ct);
}
