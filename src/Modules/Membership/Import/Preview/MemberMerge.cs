using Association.Membership.Contracts;
using Association.Membership.Import.Mapping;
using Association.Membership.Members.Model;

namespace Association.Membership.Import.Preview;

/// <summary>One field that an import changes.</summary>
/// <param name="Field">Which.</param>
/// <param name="Detail">Year of dues; empty otherwise.</param>
/// <param name="Old">Text, <see cref="DateOnly"/>, int, <see cref="Platform.Data.Kernel.Money"/>, bool or <see cref="PaymentRoute"/>; null when there was
/// nothing.</param>
/// <param name="New">Likewise.</param>
internal sealed record FieldChange(MemberField Field, string Detail, object? Old, object? New);

/// <summary>Puts what a row says onto what is known of a member. Empty cells change nothing.</summary>
internal static class MemberMerge
{
    /// <summary>A new member made of a row.</summary>
    public static MemberState Create(MemberId id, string number, ListedMember listed, DateOnly asOf)
    {
        var blank = new MemberState
        {
            Id = id,
            Number = number,
            Name = listed.Name,
            Category = listed.Category!,
            Kind = listed.IsPerson ? MemberKind.Person : MemberKind.Organisation,
        };
        return Into(blank, listed, asOf).Target;
    }

    /// <summary>The member as it will be, and what that changes.</summary>
    public static (MemberState Target, IReadOnlyList<FieldChange> Changes) Into(MemberState known, ListedMember listed, DateOnly asOf)
    {
        var target = known with
        {
            Name = listed.Name,
            Category = listed.Category ?? known.Category,
            Street = listed.Street ?? known.Street,
            PostalCode = listed.PostalCode ?? known.PostalCode,
            Town = listed.Town ?? known.Town,
            Country = listed.Country ?? known.Country,
            JoinedOn = listed.JoinedOn ?? known.JoinedOn,
            LeftOn = listed.LeftOn ?? known.LeftOn,
            NoticeReceivedOn = listed.NoticeReceivedOn ?? known.NoticeReceivedOn,
            Language = listed.Language ?? known.Language,
            Email = listed.Email ?? known.Email,
            Phone = listed.Phone ?? known.Phone,
            Iban = listed.Iban ?? known.Iban,
            MandateReference = listed.MandateReference ?? known.MandateReference,
            MandateSignedOn = listed.MandateSignedOn ?? known.MandateSignedOn,
            BuyerReference = listed.BuyerReference ?? known.BuyerReference,
            Remark = listed.Remark ?? known.Remark,
        };
        // What follows from a cell follows only when that cell is new: what the office set by hand since stays.
        var newRemark = target.Remark != known.Remark;
        target = target with
        {
            NoPost = known.NoPost || (newRemark && listed.Meaning.NoPost),
            Route = RouteOf(known, target, listed, newRemark),
            Measures = Latest(known.Measures, listed.Measures, asOf),
            PriorDues = [.. known.PriorDues.ExceptBy(listed.PriorDues.Select(d => d.Year), d => d.Year).Concat(listed.PriorDues).OrderBy(d => d.Year)],
        };
        return (target, [.. Changes(known, target, listed)]);
    }

    private static PaymentRoute RouteOf(MemberState known, MemberState target, ListedMember listed, bool newRemark)
    {
        if (!target.HasMandate)
            return PaymentRoute.Transfer;
        if (newRemark && listed.Meaning.AlwaysTransfer)
            return PaymentRoute.Transfer;
        var newMandate = (target.Iban, target.MandateReference, target.MandateSignedOn) != (known.Iban, known.MandateReference, known.MandateSignedOn);
        if (!newMandate)
            return known.Route;
        return listed.Meaning.AlwaysTransfer ? PaymentRoute.Transfer : listed.Route ?? PaymentRoute.DirectDebit;
    }

    // A count counts from its date on: an older one never replaces a newer one, the same one of the same date is no news.
    private static IReadOnlyList<StateMeasure> Latest(IReadOnlyList<StateMeasure> known, IReadOnlyList<ListedMeasure> listed, DateOnly asOf)
    {
        var latest = known.ToDictionary(m => m.Measure);
        foreach (var measure in listed)
        {
            var before = latest.GetValueOrDefault(measure.Measure);
            var date = measure.AsOf ?? (before?.Value == measure.Value ? before.AsOf : asOf);
            if (before is null || date > before.AsOf || (date == before.AsOf && measure.Value != before.Value))
                latest[measure.Measure] = new StateMeasure(measure.Measure, measure.Value, date);
        }
        return [.. latest.Values.OrderBy(m => m.Measure, StringComparer.Ordinal)];
    }

    private static IEnumerable<FieldChange> Changes(MemberState known, MemberState target, ListedMember listed)
    {
        foreach (var (field, old, now) in Pairs(known, target))
            if (!Equals(old, now))
                yield return new FieldChange(field, "", old, now);
        foreach (var measure in target.Measures)
            if (known.Measures.FirstOrDefault(m => m.Measure == measure.Measure) is var before && before != measure)
                yield return new FieldChange(FieldOf(measure.Measure), "", before?.Value, measure.Value);
        foreach (var (year, amount) in target.PriorDues)
        {
            var before = known.PriorDues.Where(d => d.Year == year).Select(d => (Platform.Data.Kernel.Money?)d.Amount).FirstOrDefault();
            if (before != amount)
                yield return new FieldChange(MemberField.PriorDues, year.ToString(System.Globalization.CultureInfo.InvariantCulture), before, amount);
        }
        if (listed.Contact is { } contact && known.Holder(FunctionKind.Contact)?.Name != contact.Name)
            yield return new FieldChange(MemberField.Contact, "", known.Holder(FunctionKind.Contact)?.Name, contact.Name);
        if (listed.Deputy is { } deputy && known.Holder(FunctionKind.Deputy)?.Name != deputy)
            yield return new FieldChange(MemberField.Deputy, "", known.Holder(FunctionKind.Deputy)?.Name, deputy);
    }

    private static IEnumerable<(MemberField Field, object? Old, object? New)> Pairs(MemberState a, MemberState b) =>
        [
            (MemberField.Name, a.Name, b.Name),
            (MemberField.Category, a.Category, b.Category),
            (MemberField.Street, NullIfEmpty(a.Street), NullIfEmpty(b.Street)),
            (MemberField.PostalCode, NullIfEmpty(a.PostalCode), NullIfEmpty(b.PostalCode)),
            (MemberField.Town, NullIfEmpty(a.Town), NullIfEmpty(b.Town)),
            (MemberField.Country, a.Country, b.Country),
            (MemberField.JoinedOn, a.JoinedOn, b.JoinedOn),
            (MemberField.LeftOn, a.LeftOn, b.LeftOn),
            (MemberField.NoticeReceivedOn, a.NoticeReceivedOn, b.NoticeReceivedOn),
            (MemberField.Language, a.Language, b.Language),
            (MemberField.Email, a.Email, b.Email),
            (MemberField.Phone, a.Phone, b.Phone),
            (MemberField.Iban, a.Iban, b.Iban),
            (MemberField.MandateReference, a.MandateReference, b.MandateReference),
            (MemberField.MandateSignedOn, a.MandateSignedOn, b.MandateSignedOn),
            (MemberField.PaymentRoute, a.Route, b.Route),
            (MemberField.BuyerReference, a.BuyerReference, b.BuyerReference),
            (MemberField.Remark, NullIfEmpty(a.Remark), NullIfEmpty(b.Remark)),
        ];

    private static MemberField FieldOf(string measure) =>
        measure switch
        {
            "beds" => MemberField.Beds,
            "inhabitants" => MemberField.Inhabitants,
            _ => MemberField.Employees,
        };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
