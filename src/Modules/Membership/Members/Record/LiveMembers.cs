using System.Collections.Frozen;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Members.Record;

internal sealed class LiveMembers(MembershipDb db) : ILiveMembers
{
    /// <summary>Houses at which anybody has an address: of those, only the whole address says who somebody is.</summary>
    private static readonly FrozenSet<string> Anybodys = new[]
    {
        "aol.com",
        "arcor.de",
        "freenet.de",
        "gmail.com",
        "gmx.at",
        "gmx.ch",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "hotmail.de",
        "icloud.com",
        "laposte.net",
        "live.de",
        "mail.de",
        "mailbox.org",
        "me.com",
        "online.de",
        "orange.fr",
        "outlook.com",
        "outlook.de",
        "posteo.de",
        "proton.me",
        "protonmail.com",
        "pt.lu",
        "sfr.fr",
        "t-online.de",
        "vodafone.de",
        "wanadoo.fr",
        "web.de",
        "yahoo.com",
        "yahoo.de",
        "yahoo.fr",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public async Task<LiveMember?> FindAsync(string number, DateOnly day, CancellationToken ct)
    {
        var member = await db.Members.AsNoTracking().SingleOrDefaultAsync(m => m.Number == number.Trim(), ct);
        return member is not null && !(member.JoinedOn > day) && !(member.LeftOn < day)
            ? new LiveMember(member.Id, member.Number, MemberDirectory.NameOf(member), member.CategoryOn(day))
            : null;
    }

    public async Task<bool> KnowsAsync(MemberId member, string email, CancellationToken ct)
    {
        var address = email.Trim().ToLowerInvariant();
        var domain = address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..];
        var house = Anybodys.Contains(domain) ? "" : domain;
        return await db
            .Database.SqlQuery<bool>(
                $"""
                select exists (
                  select from membership.member m
                    cross join lateral (select m.email union all select m.billing_email
                                        union all select c.email from membership.contact c where c.member_id = m.id) known (email)
                   where m.id = {member.Value}
                     and (lower(known.email) = {address} or m.kind = 'organisation' and {house} <> '' and lower(split_part(known.email, '@', 2)) = {house}))
                  as "Value"
                """
            )
            .SingleAsync(ct);
    }
}
