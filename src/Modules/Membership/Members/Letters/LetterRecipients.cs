using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Bulk;
using Association.Membership.Members.List.Filtering;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Pdf;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Members.Letters;

/// <summary>Whether a member gets a letter.</summary>
internal enum LetterOutcome
{
    /// <summary>It does.</summary>
    Letter,

    /// <summary>It wants nothing on paper.</summary>
    NoPost,

    /// <summary>Street or town is missing.</summary>
    NoAddress,
}

/// <summary>What is true of a member when its letter is made.</summary>
/// <param name="Name">As it is addressed.</param>
/// <param name="Number">Mitgliedsnummer.</param>
/// <param name="Category">In the letter's language.</param>
/// <param name="Address">What stands in the window.</param>
/// <param name="Contact">The person of the member to whom it is written; null: to the member itself.</param>
/// <param name="JoinedOn">First day of membership; null when nobody knows.</param>
/// <param name="LeftOn">Last day of membership; null of who stays.</param>
/// <param name="NoticeReceivedOn">When the resignation arrived; null without one.</param>
internal sealed record LetterFacts(
    string Name,
    string Number,
    string Category,
    PrintedAddress Address,
    string? Contact = null,
    DateOnly? JoinedOn = null,
    DateOnly? LeftOn = null,
    DateOnly? NoticeReceivedOn = null
)
{
    /// <summary>What is true of a member.</summary>
    /// <param name="member">Whom.</param>
    /// <param name="category">Its name in the letter's language.</param>
    public static LetterFacts Of(Member member, string category) =>
        new(
            MemberDirectory.NameOf(member),
            member.Number,
            category,
            MemberDirectory.Own(member),
            null,
            member.JoinedOn,
            member.LeftOn,
            member.NoticeReceivedOn
        );
}

/// <summary>A member of the selection.</summary>
/// <param name="Member">Which.</param>
/// <param name="Facts">What is true of it.</param>
/// <param name="Outcome">Whether it gets the letter on paper.</param>
/// <param name="HasEmail">Whether it has an address for mail of its own; that of whoever gets its invoices is none.</param>
internal sealed record LetterRecipient(MemberId Member, LetterFacts Facts, LetterOutcome Outcome, bool HasEmail);

/// <summary>Who of a selection would get a letter now, as the file is sorted.</summary>
/// <param name="Filter">Whom.</param>
/// <param name="Language">Of the letter: names of categories are in it.</param>
[Permission(MembersFeature.Edit)]
internal sealed record ReadLetterRecipients(MemberFilter Filter, string Language) : IQuery<LetterRecipients>;

/// <summary>The members of a selection, sorted: those with a letter first, by postal code.</summary>
/// <param name="Count">How many were selected.</param>
/// <param name="Digest">The same members give the same digest.</param>
/// <param name="All">None when there are too many for one file.</param>
internal sealed record LetterRecipients(int Count, string Digest, IReadOnlyList<LetterRecipient> All)
{
    /// <summary>A file of this many letters is what printers and people can still handle.</summary>
    public const int Most = 2000;

    public static readonly LetterRecipients Nobody = new(0, "", []);

    public IEnumerable<LetterRecipient> With(LetterOutcome outcome) => All.Where(r => r.Outcome == outcome);

    /// <summary>The same members when letters leave by mail, too: who wants nothing on paper gets one that way.</summary>
    public LetterRecipients ByDelivery() =>
        this with
        {
            All =
            [
                .. All.Select(r => r is { Outcome: LetterOutcome.NoPost, HasEmail: true } ? r with { Outcome = LetterOutcome.Letter } : r)
                    .OrderBy(r => r.Outcome),
            ],
        };

    /// <summary>Who gets a letter on which name or address could not be read, with the characters that no font has.</summary>
    public IEnumerable<(LetterFacts Facts, string Signs)> Unprintable() =>
        With(LetterOutcome.Letter)
            .Select(r => (r.Facts, Signs: PdfFont.CannotPrint(string.Join(' ', [r.Facts.Name, r.Facts.Number, .. r.Facts.Address.InWindow()]))))
            .Where(r => r.Signs.Length > 0);

    public static async Task<LetterRecipients> ReadAsync(MembershipDb db, MemberFilter filter, string language, DateOnly today, CancellationToken ct)
    {
        var (selection, _) = await MemberSelection.FindAsync(db, filter, today, ct);
        var ids = await ChosenMembers.IdsAsync(db, selection, ct);
        if (ids.Length > Most)
            return new LetterRecipients(ids.Length, ChosenMembers.Digest(ids), []);
        var wanted = ids.Select(MemberId.From).ToList();
        var categories = await db.Categories.AsNoTracking().ToDictionaryAsync(c => c.Code, c => c.NameIn(language), ct);
        var members = await db.Members.AsNoTracking().Where(m => wanted.Contains(m.Id)).ToListAsync(ct);
        // As the carrier sorts: the country's own post by postal code, then abroad.
        return new LetterRecipients(
            ids.Length,
            ChosenMembers.Digest(ids),
            [
                .. members
                    .Select(m => new LetterRecipient(
                        m.Id,
                        LetterFacts.Of(m, categories[m.CategoryOn(today)]),
                        m.NoPost ? LetterOutcome.NoPost
                            : !m.Address.IsComplete ? LetterOutcome.NoAddress
                            : LetterOutcome.Letter,
                        m.Email is not null
                    ))
                    .OrderBy(r => r.Outcome)
                    .ThenBy(r => r.Facts.Address.Country != "DE")
                    .ThenBy(r => r.Facts.Address.Country, StringComparer.Ordinal)
                    .ThenBy(r => r.Facts.Address.PostalCode, StringComparer.Ordinal)
                    .ThenBy(r => r.Facts.Name, StringComparer.Ordinal)
                    .ThenBy(r => r.Facts.Number, StringComparer.Ordinal),
            ]
        );
    }
}

internal static class ReadLetterRecipientsHandler
{
    public static Task<LetterRecipients> HandleAsync(ReadLetterRecipients query, MembershipDb db, TimeProvider clock, CancellationToken ct) =>
        LetterRecipients.ReadAsync(db, query.Filter, query.Language, clock.Today(), ct);
}
