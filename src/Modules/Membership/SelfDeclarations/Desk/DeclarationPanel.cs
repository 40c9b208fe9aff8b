using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.InputValues;
using Association.Platform.Data;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.SelfDeclarations.Desk;

/// <summary>How far a member's self-declarations are, below its values.</summary>
internal sealed class DeclarationPanel : IValuePanel
{
    public string Permission => SelfDeclarationsFeature.Read;

    public Type Component => typeof(MemberDeclarations);
}

/// <summary>The self-declarations of a member, the newest first.</summary>
[Permission(SelfDeclarationsFeature.Read)]
internal sealed record ListMemberDeclarations(MemberId Member) : IQuery<IReadOnlyList<MemberDeclaration>>;

/// <summary>One of them.</summary>
/// <param name="Year">Dues year.</param>
/// <param name="Number">Of the member.</param>
/// <param name="State">How far.</param>
/// <param name="HasProof">Whether a proof came with it.</param>
internal sealed record MemberDeclaration(int Year, string Number, DeclarationState State, bool HasProof);

internal static class ListMemberDeclarationsHandler
{
    public static async Task<IReadOnlyList<MemberDeclaration>> HandleAsync(ListMemberDeclarations query, MembershipDb db, CancellationToken ct)
    {
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<(int Year, string Number, string State, bool HasProof)>(
            new CommandDefinition(
                """
                select year, number, state, proof_file_id is not null from membership.declaration where member_id = @member order by year desc limit 5
                """,
                new { member = query.Member.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return [.. rows.Select(r => new MemberDeclaration(r.Year, r.Number, EnumText.Parse<DeclarationState>(r.State), r.HasProof))];
    }
}
