using Association.Membership.Data;
using Association.Membership.Members.InputValues;
using Association.Membership.Members.List;
using Association.Membership.Members.List.Filtering;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Members.Record;

/// <summary>Everything that the member's page shows of this module; null when nobody has the number.</summary>
[Permission(MembersFeature.Read)]
internal sealed record ReadMember(string Number) : IQuery<MemberRecord?>;

/// <summary>A member with what belongs to it.</summary>
/// <param name="Member">Master data; its <see cref="Member.Version"/> goes back with an edit.</param>
/// <param name="Today">The day for which status and category are meant.</param>
/// <param name="Category">The category that counts today.</param>
/// <param name="Contacts">By name.</param>
/// <param name="Functions">Of all contacts, those that count first, then by last day.</param>
/// <param name="InputValues">Newest reference date first.</param>
/// <param name="PriorDues">Newest year first.</param>
/// <param name="Clarifications">What is open.</param>
/// <param name="DuesYear">The dues year that is being prepared: from October on the next one.</param>
/// <param name="LacksValue">The dues of that year need a value that is neither declared nor accepted.</param>
internal sealed record MemberRecord(
    Member Member,
    DateOnly Today,
    Category Category,
    IReadOnlyList<Contact> Contacts,
    IReadOnlyList<ContactFunction> Functions,
    IReadOnlyList<InputValue> InputValues,
    IReadOnlyList<PriorDues> PriorDues,
    IReadOnlyList<Clarification> Clarifications,
    int DuesYear,
    bool LacksValue
)
{
    public MemberStatus Status => MemberStatuses.Of(Member.JoinedOn, Member.LeftOn, Today);

    public Contact ContactOf(ContactFunction function) => Contacts.First(c => c.Id == function.ContactId);
}

internal static class ReadMemberHandler
{
    public static async Task<MemberRecord?> Handle(ReadMember query, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Members.AsNoTracking().SingleOrDefaultAsync(m => m.Number == query.Number, ct) is not { } member)
            return null;
        var today = clock.Today();
        var code = member.CategoryOn(today);
        var category = await db.Categories.AsNoTracking().SingleAsync(c => c.Code == code, ct);
        var contacts = await db.Contacts.AsNoTracking().Where(c => c.MemberId == member.Id).OrderBy(c => c.Name).ToListAsync(ct);
        var functions = await db.Functions.AsNoTracking().Where(f => f.MemberId == member.Id).ToListAsync(ct);
        var values = await db.InputValues.AsNoTracking().Where(v => v.MemberId == member.Id).OrderByDescending(v => v.AsOf).ToListAsync(ct);
        var dues = await db.PriorDues.AsNoTracking().Where(d => d.MemberId == member.Id).OrderByDescending(d => d.Year).ToListAsync(ct);
        var open = await db
            .Clarifications.AsNoTracking()
            .Where(c => c.MemberId == member.Id && c.State == ClarificationState.Open)
            .OrderBy(c => c.CreatedAt)
            .ToListAsync(ct);
        var duesYear = today.Month >= 10 ? today.Year + 1 : today.Year;
        return new MemberRecord(
            member,
            today,
            category,
            contacts,
            [.. functions.OrderByDescending(f => !(f.ValidTo < today)).ThenBy(f => f.Kind).ThenByDescending(f => f.ValidTo ?? DateOnly.MaxValue)],
            values,
            dues,
            open,
            duesYear,
            LacksValue(member, duesYear, await MeasureOfAsync(db, member, duesYear, category, ct), values)
        );
    }

    private static async Task<Measure?> MeasureOfAsync(MembershipDb db, Member member, int year, Category present, CancellationToken ct)
    {
        var code = member.CategoryOn(new DateOnly(year, 1, 1));
        return code == present.Code ? present.Measure : await db.Categories.Where(c => c.Code == code).Select(c => c.Measure).SingleAsync(ct);
    }

    private static bool LacksValue(Member member, int year, Measure? measure, List<InputValue> values) =>
        measure is not null
        && !(member.LeftOn < new DateOnly(year, 1, 1))
        && !(member.JoinedOn > new DateOnly(year, 12, 31))
        && !values.Any(v => v.Measure == measure && (v.AsOf == ReferenceDate.Of(year) || v.AcceptedForYear == year));
}
