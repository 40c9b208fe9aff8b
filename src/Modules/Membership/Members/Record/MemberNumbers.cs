using Association.Membership.Data;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace Association.Membership.Members.Record;

/// <summary>The next free member number, written as the settings say. Numbers from a list or typed by hand may look as they like.</summary>
internal static class MemberNumbers
{
    // Without prefix and year the numbers begin with four digits, as in most associations.
    private const int FirstPlain = 1001;

    /// <summary>Draws it; two admissions at once wait for each other, so that both get a number of their own.</summary>
    public static async Task<string> DrawAsync(MembershipDb db, NumberForm form, int year, CancellationToken ct)
    {
        await db.OneAtATimeAsync("membership.member.number", ct);
        return await NextAsync(await db.ConnectionAsync(ct), db.Transaction, form, year, ct);
    }

    /// <summary>What would be drawn: one more than the highest that begins alike.</summary>
    public static async Task<string> NextAsync(
        NpgsqlConnection connection,
        System.Data.IDbTransaction? transaction,
        NumberForm form,
        int year,
        CancellationToken ct
    )
    {
        var head = form.Head(year);
        var highest = await connection.ExecuteScalarAsync<long?>(
            new CommandDefinition(
                "select max(substr(number, length(@head) + 1)::bigint) from membership.member where starts_with(number, @head) and substr(number, length(@head) + 1) ~ '^[0-9]{1,15}$'",
                new { head },
                transaction,
                cancellationToken: ct
            )
        );
        return form.Write(year, highest + 1 ?? (head.Length == 0 ? FirstPlain : 1));
    }
}

/// <summary>Members, with the number that would come next today.</summary>
internal sealed class MemberSeries(OfficeDatabase database, IOfficeRules rules, TimeProvider clock, IStringLocalizer<MembersTexts> texts) : INumberSeries
{
    public async Task<IReadOnlyList<NumberSeriesState>> ListAsync(CancellationToken ct)
    {
        var form = (await rules.CurrentAsync(ct)).Numbers.Members;
        await using var connection = await database.OpenConnectionAsync(ct);
        return
        [
            new NumberSeriesState(
                nameof(NumberRules.Members),
                texts["Search.Member"],
                await MemberNumbers.NextAsync(connection, null, form, clock.Today().Year, ct),
                form.Prefix.Length > 0 ? [form.Prefix] : []
            ),
        ];
    }
}
