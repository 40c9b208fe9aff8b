using System.Security.Cryptography;
using System.Text;
using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Files;
using Association.Membership.Members.Letters;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Members.Correspondence;

/// <summary>Somebody whom a letter to a member can address.</summary>
/// <param name="Contact">Null: the member itself.</param>
/// <param name="Name">As it is addressed.</param>
/// <param name="Email">Null without one that mail can be sent to.</param>
internal sealed record LetterAddressee(ContactId? Contact, string Name, string? Email)
{
    /// <summary>In the form.</summary>
    public string Key => Contact?.Value.ToString() ?? "";

    /// <summary>As the form offers it.</summary>
    public string Shown => Email is null ? Name : $"{Name} ({Email})";
}

/// <summary>What is needed to write to a member; null when there is no such member.</summary>
[Permission(MembersFeature.WriteNotes)]
internal sealed record ReadLetterDesk(MemberId Member) : IQuery<LetterDesk?>;

/// <summary>The answer.</summary>
/// <param name="Member">To whom.</param>
/// <param name="Category">What it is today.</param>
/// <param name="Addressees">The member first, then its people by name.</param>
/// <param name="Files">Those kept, the newest first.</param>
/// <param name="WantsPaper">The member chose paper, and no mail.</param>
internal sealed record LetterDesk(Member Member, Category Category, IReadOnlyList<LetterAddressee> Addressees, IReadOnlyList<MemberFile> Files, bool WantsPaper)
{
    /// <summary>How a letter leaves unless somebody says otherwise: as the member wants it, as far as it can be reached.</summary>
    public LetterWay UsualWay => !Member.NoPost && (WantsPaper || Addressees[0].Email is null) ? LetterWay.Paper : LetterWay.Mail;

    /// <summary>To whom and where one can write, as one value: a form carries what its page showed, and is refused when it is no longer so.</summary>
    public string AsShown =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Join(
                        '\n',
                        [
                            .. Addressees.Select(a => $"{a.Key} {a.Shown}"),
                            .. FactsFor(Addressees[0], Member.Language).Address.InWindow(),
                            Member.NoPost.ToString(),
                        ]
                    )
                )
            )
        )[..16];

    public LetterAddressee? Find(ContactId? contact) => Addressees.FirstOrDefault(a => a.Contact == contact);

    /// <summary>What fields say; a person stands in the window below the name of the member.</summary>
    public LetterFacts FactsFor(LetterAddressee addressee, string language)
    {
        var own = MemberDirectory.Own(Member);
        var person = addressee.Contact is null ? null : addressee.Name;
        return LetterFacts.Of(Member, Category.NameIn(language)) with
        {
            Address = person is null ? own : own with { Lines = [own.Lines[0], person, .. own.Lines.Skip(1)] },
            Contact = person,
        };
    }

    public static async Task<LetterDesk?> ReadAsync(MembershipDb db, MemberId id, IDeliveryChoices choices, DateOnly today, CancellationToken ct)
    {
        var wantsPaper = await choices.WantsPaperAsync(id, ct);
        if (await db.Members.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } member)
            return null;
        var code = member.CategoryOn(today);
        var contacts = await db.Contacts.AsNoTracking().Where(c => c.MemberId == id).OrderBy(c => c.Name).ToListAsync(ct);
        return new LetterDesk(
            member,
            await db.Categories.AsNoTracking().SingleAsync(c => c.Code == code, ct),
            [
                new LetterAddressee(null, MemberDirectory.NameOf(member), Usable(member.Email)),
                .. contacts.Select(c => new LetterAddressee(c.Id, c.Name, Usable(c.Email))),
            ],
            [.. (await MemberFile.OfMemberAsync(db, id, ct)).Where(f => !f.IsDeleted)],
            wantsPaper
        );
    }

    private static string? Usable(string? email) => EmailAddress.TryParse(email, out var address, out _) ? address.Value : null;
}

internal static class ReadLetterDeskHandler
{
    public static Task<LetterDesk?> HandleAsync(ReadLetterDesk query, MembershipDb db, IDeliveryChoices choices, TimeProvider clock, CancellationToken ct) =>
        LetterDesk.ReadAsync(db, query.Member, choices, clock.Today(), ct);
}
