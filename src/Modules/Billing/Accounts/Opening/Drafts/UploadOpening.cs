using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Documents;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Opening.Drafts;

/// <summary>Keep a list until the person decides about it; nothing is booked. A file that is no such list is refused.</summary>
[Permission(BillingModule.TakeOverOpening)]
internal sealed record UploadOpening(OpeningList List) : ICommand;

internal static class UploadOpeningHandler
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(14);

    public static Task<OpeningPlan> LoadAsync(
        UploadOpening command,
        BillingDb db,
        TimeProvider clock,
        IStringLocalizer<OpeningTexts> texts,
        IStringLocalizer<DocumentsTexts> documents,
        CancellationToken ct
    ) => OpeningPlanning.PlanAsync(command.List, db, clock.Today(), texts, documents, ct);

    public static async Task<Guid> HandleAsync(UploadOpening command, OpeningPlan _, BillingDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var (connection, id, list) = (await db.ConnectionAsync(ct), Guid.CreateVersion7(), command.List);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                delete from billing.opening_draft where created_at < @outdated;
                insert into billing.opening_draft (id, owner, file_name, bytes, control_sum, created_at) values (@id, @owner, @FileName, @bytes, @control, @now)
                """,
                new
                {
                    id,
                    owner = user.Id.Value,
                    list.FileName,
                    bytes = list.Bytes.ToArray(),
                    control = list.ControlSum.Amount,
                    now = clock.GetUtcNow(),
                    outdated = clock.GetUtcNow() - Life,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return id;
    }
}
