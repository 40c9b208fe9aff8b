using Association.Membership.Contracts;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Association.Benchmarks.Membership;

/// <summary>An office before a dues year: the sample regulation, members of every category with their values and last year's dues.</summary>
internal static class DuesYear
{
    /// <summary>On 23.11.2026, with so many members.</summary>
    public static async Task PrepareAsync(TestOffice office, NpgsqlConnection connection, int members)
    {
        office.Clock.SetToday(new DateOnly(2026, 11, 23));
        await using (var system = office.As(Actor.System))
        {
            await system
                .Services.GetRequiredService<IAssociationProfiles>()
                .SaveAsync(
                    new AssociationProfile(
                        1,
                        "Gesundheitsregion Bliesland e. V.",
                        "Bliesland",
                        "Am Ludwigsplatz 1",
                        "66117",
                        "Saarbrücken",
                        "info@example.org",
                        "0681 1",
                        "example.org",
                        "VR 4711",
                        "Dr. Nora Groß",
                        "040/1",
                        "Deutsche Kreditbank Berlin",
                        "DE02120300000000202051",
                        "BYLADEM1001",
                        "DE98ZZZ09999999999"
                    ),
                    CancellationToken.None
                );
            foreach (var data in system.Services.GetServices<IInitialData>().OrderBy(d => d.Order))
                await data.SeedAsync(CancellationToken.None);
        }
        await connection.ExecuteAsync(
            $"""
            set session_replication_role = replica; -- no audit trail of invented members
            insert into membership.member (id, number, kind, name, category, joined_on, street, postal_code, town)
            select gen_random_uuid(), n::text, 'organisation',
              (array['Praxis','Apotheke','Klinikum','Pflegedienst','Stadt','Universität','Ärztehaus','Öffentliche Kasse'])[1 + n % 8] || ' Nummer ' || n,
                   (array['practice','company','hospital','welfare','municipality','research','person','insurer','ministry'])[1 + n % 9],
                     date '2000-01-01' + n % 9000,
                   'Hauptstraße ' || n, lpad((66000 + n % 999)::text, 5, '0'), (array['Saarbrücken','Homburg','Völklingen','Merzig','St. Wendel'])[1 + n % 5]
              from generate_series(1, {members}) n;
            insert into membership.input_value (id, member_id, measure, value, as_of, source)
            select gen_random_uuid(), m.id, c.measure, m.number::int % 1200, '2026-12-31', 'list' from membership.member m
              join membership.category c on c.code = m.category where c.measure is not null;
            insert into membership.prior_dues select id, 2026, 120 from membership.member;
            set session_replication_role = origin;
            """,
            commandTimeout: 600
        );
        await connection.ExecuteAsync("vacuum analyze membership.member, membership.input_value, membership.prior_dues");
    }

    /// <summary>Returns when every charge of the run has its invoice. Executed it is called only when their documents are made, which is paused.</summary>
    public static async Task InvoicedAsync(NpgsqlConnection connection, DuesRunId run)
    {
        while (
            await connection.ExecuteScalarAsync<bool>(
                """
                select exists (select from membership.charge c where c.run_id = @id and c.amount > 0
                  and not exists (select from billing.invoice i where i.charge_id = c.id and i.kind = 'invoice'))
                """,
                new { id = run.Value },
                commandTimeout: 600
            )
        )
            await Task.Delay(100);
    }
}
