using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Clarifications;

/// <summary>Gives all that is open of one kind the same answer, or none of it.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Seen">How many the person saw; of another number nothing is answered.</param>
/// <param name="Answer">What to do.</param>
/// <param name="Note">How they were clarified; needed for <see cref="ClarificationAnswer.Noted"/>.</param>
[Permission(MembersFeature.Edit)]
internal sealed record ResolveAllOfKind(ClarificationKind Kind, int Seen, ClarificationAnswer Answer, string Note = "") : ICommand;

/// <summary>Something open, and the member it concerns.</summary>
internal sealed record OpenItem(Clarification Clarification, Member? Member);

internal static class ResolveAllOfKindHandler
{
    private const int Chunk = 500;

    public static async Task<IReadOnlyList<OpenItem>> LoadAsync(ResolveAllOfKind command, MembershipDb db, CancellationToken ct)
    {
        var open = await db.Clarifications.Where(c => c.Kind == command.Kind && c.State == ClarificationState.Open).OrderBy(c => c.Id).ToListAsync(ct);
        var ids = open.Select(c => c.MemberId).OfType<MemberId>().Distinct().ToList();
        var members = await db.Members.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, ct);
        return [.. open.Select(c => new OpenItem(c, c.MemberId is { } id ? members.GetValueOrDefault(id) : null))];
    }

    public static IEnumerable<Problem> Validate(ResolveAllOfKind command, IReadOnlyList<OpenItem> open, IStringLocalizer<MembersTexts> texts)
    {
        if (open.Count != command.Seen)
        {
            yield return new("", texts["Problem.OtherCount", new Count(command.Seen), new Count(open.Count)]);
            yield break;
        }
        foreach (var item in open)
        foreach (var problem in ResolveClarificationHandler.Validate(Single(command, item), item.Clarification, item.Member, texts))
        {
            yield return problem.Field.Length > 0 ? problem : problem with { Text = $"{item.Member?.Name}: {problem.Text}" };
            yield break; // one of them is reason enough, and a note is missing once
        }
    }

    public static OutgoingMessages Handle(
        ResolveAllOfKind command,
        IReadOnlyList<OpenItem> open,
        IStringLocalizer<MembersTexts> texts,
        CurrentUser user,
        TimeProvider clock
    )
    {
        foreach (var item in open)
            ResolveClarificationHandler.Handle(Single(command, item), item.Clarification, item.Member, texts, user, clock);
        return [.. open.Select(o => o.Member?.Id).OfType<MemberId>().Distinct().Chunk(Chunk).Select(members => new MembersChanged(members))];
    }

    private static ResolveClarification Single(ResolveAllOfKind command, OpenItem item) => new(item.Clarification.Id, command.Answer, command.Note);
}
