using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Members.Record;

internal sealed class MemberDirectory(MembershipDb db, TimeProvider clock) : IMemberDirectory
{
    public async Task<IReadOnlyList<MemberCard>> ReadAsync(IReadOnlyCollection<MemberId> members, CancellationToken ct)
    {
        var today = clock.Today();
        var categories = await db.Categories.AsNoTracking().ToDictionaryAsync(c => c.Code, c => c.NameDe, ct);
        var rows = await db.Members.AsNoTracking().Where(m => members.Contains(m.Id)).ToListAsync(ct);
        return [.. rows.Select(m => Card(m, categories[m.CategoryOn(today)]))];
    }

    private static MemberCard Card(Member m, string category)
    {
        var direct = m.PaymentRoute == PaymentRoute.DirectDebit && m.HasMandate;
        return new MemberCard(
            m.Id,
            m.Number,
            m.Name,
            category,
            m.Language,
            Recipient(m),
            m.Billing?.Email ?? m.Email,
            m.NoPost,
            m.Iban,
            direct ? m.MandateReference : null,
            direct ? m.MandateSignedOn : null,
            direct ? PaymentRoute.DirectDebit : PaymentRoute.Transfer,
            m.BuyerReference
        );
    }

    /// <summary>The member as it is addressed.</summary>
    public static string NameOf(Member m) => NameOf(m.Kind, m.Name);

    /// <summary>As it is addressed.</summary>
    public static string NameOf(MemberKind kind, string name) => kind == MemberKind.Person ? GivenNameFirst(name) : name;

    /// <summary>The member's own address, whoever gets its invoices.</summary>
    public static PrintedAddress Own(Member m) =>
        Printed([NameOf(m), m.Address.Addition, m.Address.Street], m.Address.PostalCode, m.Address.Town, m.Address.Country);

    // Nobody's name stands over another one's street: without a whole address of the other recipient the member gets its documents itself.
    private static PrintedAddress Recipient(Member m) =>
        m.Billing is { IsComplete: true } billing
            ? Printed([billing.Name, billing.Addition, billing.Street], billing.PostalCode!, billing.Town!, billing.Country ?? "DE")
            : Own(m);

    private static PrintedAddress Printed(string?[] lines, string postalCode, string town, string country) =>
        new([.. lines.OfType<string>().Where(l => l.Length > 0)], postalCode, town, country);

    /// <summary>A person is filed as „Hürter, Katrin“ and addressed as „Katrin Hürter“.</summary>
    private static string GivenNameFirst(string name) =>
        name.Split(',', 2, StringSplitOptions.TrimEntries) is [var family, var given] ? $"{given} {family}" : name;
}
