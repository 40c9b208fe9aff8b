using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Messaging;

namespace Association.Membership.Members.Correspondence;

/// <summary>The letters to one member, the newest first.</summary>
[Permission(MembersFeature.ReadNotes)]
internal sealed record ListLetters(MemberId Member) : IQuery<IReadOnlyList<MemberLetter>>;

/// <summary>A letter to one member; null when there is none.</summary>
[Permission(MembersFeature.ReadNotes)]
internal sealed record ReadLetter(Guid Id) : IQuery<MemberLetter?>;

internal static class ListLettersHandler
{
    public static Task<IReadOnlyList<MemberLetter>> HandleAsync(ListLetters query, MembershipDb db, CancellationToken ct) =>
        MemberLetter.OfMemberAsync(db, query.Member, ct);
}

internal static class ReadLetterHandler
{
    public static Task<MemberLetter?> HandleAsync(ReadLetter query, MembershipDb db, CancellationToken ct) => MemberLetter.FindAsync(db, query.Id, ct);
}
