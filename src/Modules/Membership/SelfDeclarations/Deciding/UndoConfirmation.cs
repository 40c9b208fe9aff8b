using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.SelfDeclarations.Desk;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.SelfDeclarations.Deciding;

/// <summary>Takes a confirmation back as long as nothing was charged with it: the value goes, the answer waits again.</summary>
[Permission(SelfDeclarationsFeature.Manage)]
internal sealed record UndoConfirmation(int Year, string Number) : ICommand;

internal static class UndoConfirmationHandler
{
    public static Task<RequestToDecide?> LoadAsync(UndoConfirmation command, MembershipDb db, CancellationToken ct) =>
        RequestToDecide.FindAsync(db, command.Year, command.Number, ct);

    public static async Task<Problem?> ValidateAsync(
        UndoConfirmation _,
        RequestToDecide? request,
        MembershipDb db,
        IStringLocalizer<DeclarationTexts> texts,
        CancellationToken ct
    ) =>
        request is null ? new Problem("", texts["Problem.NoRequest"])
        : request.State != DeclarationState.Confirmed ? new Problem("", texts["Problem.NotConfirmed"])
        : (await ReadRequestHandler.NoteAsync(db, request.Id, ct)).MayUndo ? null
        : new Problem("", texts["Problem.NoUndo"]);

    public static async Task<MembersChanged> HandleAsync(UndoConfirmation _, RequestToDecide request, MembershipDb db, CancellationToken ct)
    {
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                delete from membership.input_value where id = (select value_id from membership.declaration_request where id = @Id);
                update membership.declaration_request set accepted_at = null, accepted_by = null, value_id = null where id = @Id
                """,
                new { request.Id },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new MembersChanged([request.Member]);
    }
}
