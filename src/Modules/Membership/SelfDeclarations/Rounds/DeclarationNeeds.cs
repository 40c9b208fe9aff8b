using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Pdf;
using Dapper;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.SelfDeclarations.Rounds;

/// <summary>A member whose dues of a year need a number that nobody knows.</summary>
/// <param name="Member">Which.</param>
/// <param name="Measure">What is asked for: <c>beds</c>, <c>employees</c>, <c>inhabitants</c>.</param>
/// <param name="Reach">How it can be asked.</param>
internal sealed record NeededMember(Member Member, string Measure, Reach Reach);

/// <summary>How a member can be asked.</summary>
/// <param name="Way">Mail, a letter, or not at all.</param>
/// <param name="Obstacle">Why not.</param>
internal sealed record Reach(DeclarationWay Way, DeclarationObstacle? Obstacle)
{
    /// <param name="member">Whom.</param>
    /// <param name="wantsPaper">Whether it chose letters.</param>
    /// <param name="refused">An address at which the server refused the last mail: no way any more.</param>
    public static Reach Of(Member member, bool wantsPaper, string? refused = null)
    {
        var mailable = EmailAddress.TryParse(member.Email, out _, out _) && !string.Equals(member.Email, refused, StringComparison.OrdinalIgnoreCase);
        var postable = !member.NoPost && member.Address.IsComplete;
        if (mailable && !(wantsPaper && postable))
            return new Reach(DeclarationWay.Mail, null);
        if (postable && IsPrintable(member))
            return new Reach(DeclarationWay.Letter, null);
        return mailable
            ? new Reach(DeclarationWay.Mail, null)
            : new Reach(
                DeclarationWay.None,
                postable ? DeclarationObstacle.Unprintable
                    : member.NoPost ? DeclarationObstacle.NoPost
                    : DeclarationObstacle.NoAddress
            );
    }

    private static bool IsPrintable(Member member) =>
        PdfFont.CannotPrint(string.Join(' ', MemberDirectory.Own(member).InWindow().Append(member.Number))).Length == 0;
}

internal static class DeclarationNeeds
{
    /// <summary>Members chargeable in the year whose category's rule needs a number, and who have none that counts and no request yet; by name.</summary>
    public static async Task<IReadOnlyList<NeededMember>> ReadAsync(
        MembershipDb db,
        IDeliveryChoices choices,
        DuesRegulation regulation,
        int year,
        CancellationToken ct
    )
    {
        var measures = await MeasuresAsync(db, regulation, year, ct);
        var ids = measures.Keys.ToList();
        var onPaper = await choices.WantPaperAsync(ids, ct);
        var members = await db.Members.AsNoTracking().Where(m => ids.Contains(m.Id)).OrderBy(m => m.Name).ThenBy(m => m.Number).ToListAsync(ct);
        return [.. members.Select(m => new NeededMember(m, measures[m.Id], Reach.Of(m, onPaper.Contains(m.Id))))];
    }

    /// <summary>What each of them is to be asked for.</summary>
    public static async Task<IReadOnlyDictionary<MemberId, string>> MeasuresAsync(MembershipDb db, DuesRegulation regulation, int year, CancellationToken ct)
    {
        var measures = new Dictionary<MemberId, string>();
        await foreach (var row in DuesCandidates.StreamAsync(db, regulation, year, null, ct))
            if (row.Outcome == DuesOutcome.MissingInput && regulation.RuleOf(row.Category)?.NeededMeasure is { } measure)
                measures.Add(row.Member, measure);
        var asked = await (await db.ConnectionAsync(ct)).QueryAsync<Guid>(
            new CommandDefinition(
                "select q.member_id from membership.declaration_request q join membership.declaration_round r on r.id = q.round_id where r.year = @year",
                new { year },
                db.Transaction,
                cancellationToken: ct
            )
        );
        foreach (var member in asked)
            measures.Remove(MemberId.From(member));
        return measures;
    }
}
