using Association.Billing.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Deliveries;

/// <summary>Note that a mail came back although a server had taken it. Its document goes on paper.</summary>
/// <param name="Number">Of the document.</param>
/// <param name="Attempt">Which mail.</param>
[Permission(BillingModule.Send)]
internal sealed record NoteReturnedMail(string Number, int Attempt) : ICommand;

internal static class NoteReturnedMailHandler
{
    public static Task<Dispatch?> LoadAsync(NoteReturnedMail command, BillingDb db, CancellationToken ct) =>
        ReadDispatchHandler.HandleAsync(new ReadDispatch(command.Number), db, ct);

    public static Problem? Validate(NoteReturnedMail command, Dispatch? dispatch, IStringLocalizer<DeliveryTexts> texts) =>
        dispatch is null ? new Problem("", texts["Problem.NoDocument", command.Number])
        : Accepted(dispatch, command.Attempt) is null ? new Problem("", texts["Problem.NotAccepted"])
        : null;

    public static async Task HandleAsync(
        NoteReturnedMail command,
        Dispatch dispatch,
        BillingDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    ) =>
        // One mail may have brought several documents: none of them arrived.
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.returned_mail (archive_file_id, attempt, noted_at, noted_by)
                select m.archive_file_id, m.attempt, @now, @by from billing.mailed_document m
                 where m.purpose = (select x.purpose from billing.mailed_document x where x.archive_file_id = @File and x.attempt = @Attempt)
                on conflict do nothing
                """,
                new
                {
                    Accepted(dispatch, command.Attempt)!.File,
                    command.Attempt,
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );

    /// <summary>The mail of this attempt, if a server took it.</summary>
    public static Delivery? Accepted(Dispatch dispatch, int attempt) =>
        dispatch.Proofs.FirstOrDefault(p =>
            p is { Route: DeliveryRoute.Mail, State: DeliveryState.Accepted } && p.File == dispatch.File && p.Attempt == attempt
        );
}
