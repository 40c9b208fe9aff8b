using System.Globalization;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Printing;

/// <summary>What lies on the table.</summary>
internal sealed class PrintingTasks(OfficeDatabase database, IStringLocalizer<PrintingTexts> texts, IStringLocalizer<BillingTexts> billing) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(BillingModule.Print))
            return [];
        await using var connection = await database.OpenConnectionAsync(ct);
        var made = await connection.QueryAsync<(int Number, int Envelopes, bool Printed)>(
            new CommandDefinition(
                "select number, envelopes, printed_at is not null from billing.print_batch where print_file_id is not null and sent_at is null and dissolved_at is null order by number",
                cancellationToken: ct
            )
        );

        return
        [
            .. made.Select(b => new TodayRow(
                billing["Menu.Finance"],
                texts[b.Printed ? "Today.Send" : "Today.Printable", new Count(b.Envelopes)],
                texts["Batch.Title", b.Number.ToString(CultureInfo.InvariantCulture)],
                PrintingUrl.Batch(b.Number),
                texts[b.Printed ? "Today.SendAction" : "Today.PrintableAction"],
                Urgency.Soon
            )),
        ];
    }
}
