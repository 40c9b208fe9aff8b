using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Contacts;

/// <summary>Who may hold which function when. The database refuses the same overlaps; here they become sentences.</summary>
internal static class FunctionRules
{
    /// <summary>Functions that one person holds at a time: there is one vote and one address for documents.</summary>
    public static bool IsSingle(FunctionKind kind) => kind is FunctionKind.Billing or FunctionKind.Voting;

    /// <summary>What speaks against it; <paramref name="contact"/> is null for a person who is being added.</summary>
    public static async Task<IReadOnlyList<Problem>> ProblemsAsync(
        MembershipDb db,
        MemberId member,
        ContactId? contact,
        FunctionKind kind,
        string title,
        DateOnly? from,
        DateOnly? to,
        bool replace,
        IStringLocalizer<MembersTexts> texts,
        CancellationToken ct
    )
    {
        var problems = new List<Problem>();
        title = TidyText.Line(title);
        if (kind == FunctionKind.Other && title.Length == 0)
            problems.Add(new("Title", texts["Problem.TitleMissing"]));
        if (title.Length > 200)
            problems.Add(new("Title", texts["Problem.TooLong", title.Length, 200]));
        if (to < from)
            problems.Add(new("ValidTo", texts["Problem.FunctionEndsBeforeStart"]));
        if (replace && from is null && IsSingle(kind))
            problems.Add(new("ValidFrom", texts["Problem.ReplaceNeedsDay"]));
        if (problems.Count > 0)
            return problems;

        var overlapping = await Overlapping(db, member, kind, from, to).ToListAsync(ct);
        if (overlapping.Any(f => f.ContactId == contact && f.Title == title))
            return [new("Kind", texts["Problem.HoldsAlready"])];
        if (!IsSingle(kind))
            return [];
        // Replacing ends an earlier function on the day before; one that begins later cannot make room.
        if (overlapping.FirstOrDefault(f => !replace || !(f.ValidFrom is null || f.ValidFrom < from)) is not { } inTheWay)
            return [];
        var holder = await db.Contacts.Where(c => c.Id == inTheWay.ContactId).Select(c => c.Name).SingleAsync(ct);
        return [new("Kind", inTheWay.ValidTo is { } last ? texts["Problem.HeldUntil", holder, Formats.Of(last)] : texts["Problem.HeldOpen", holder])];
    }

    public static async Task AssignAsync(
        MembershipDb db,
        ContactId contact,
        MemberId member,
        FunctionKind kind,
        string title,
        DateOnly? from,
        DateOnly? to,
        bool replace,
        CancellationToken ct
    )
    {
        if (replace && IsSingle(kind) && from is { } first)
        {
            foreach (var held in await Overlapping(db, member, kind, from, to).ToListAsync(ct))
                held.ValidTo = first.AddDays(-1);
            await db.SaveChangesAsync(ct); // before the new row, or the exclusion constraint sees both
        }
        db.Functions.Add(
            new ContactFunction
            {
                Id = ContactFunctionId.New(),
                ContactId = contact,
                MemberId = member,
                Kind = kind,
                Title = TidyText.Line(title),
                ValidFrom = from,
                ValidTo = to,
            }
        );
    }

    private static IQueryable<ContactFunction> Overlapping(MembershipDb db, MemberId member, FunctionKind kind, DateOnly? from, DateOnly? to) =>
        db.Functions.Where(f =>
            f.MemberId == member
            && f.Kind == kind
            && (to == null || f.ValidFrom == null || f.ValidFrom <= to)
            && (from == null || f.ValidTo == null || f.ValidTo >= from)
        );
}
