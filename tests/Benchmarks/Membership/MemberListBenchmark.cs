using Association.Billing;
using Association.Events;
using Association.Membership;
using Association.Membership.Members.List;
using Association.Membership.Members.List.Filtering;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Npgsql;

namespace Association.Benchmarks.Membership;

/// <summary>The member list over 100,000 members through the bus, against the bare query for the same rows on an open connection.</summary>
internal sealed class MemberListBenchmark : Benchmark
{
    internal const int Members = 100_000;
    private const int PageSize = 50;
    private const int Rounds = 41;

    public override string Name => "members";

    public override async Task<Ratio> RunAsync()
    {
        await using var office = await TestOffice.CreateAsync(new MembershipModule(), new BillingModule(), new EventsModule());
        await using var connection = await office.Database.OpenConnectionAsync();
        await FillAsync(connection);
        var bus = office.As(Roles.Office).Bus;

        var deepName = await connection.ExecuteScalarAsync<string>($"select name from membership.member order by name, id offset {Members * 9 / 10} limit 1");
        var deep = await DeepEdgeAsync(bus, deepName!);
        var pages = new (string What, ListMembers List, string Bare)[]
        {
            ("first page", new(MemberFilter.All), "select id, number, name, category, town, joined_on from membership.member order by name, id limit 51"),
            (
                "page at row 90,000",
                new(MemberFilter.All, After: deep),
                "select id, number, name, category, town, joined_on from membership.member where (name, id) > (@name, '00000000-0000-0000-0000-000000000000') order by name, id limit 51"
            ),
            (
                "search for one name",
                new(new MemberFilter(Search: "Nummer 77123")),
                "select id, number, name, category, town, joined_on from membership.member where search_text like '%nummer%' and search_text like '%77123%' order by name, id limit 51"
            ),
        };
        var worst = 0.0;
        foreach (var (what, list, bare) in pages)
        {
            var ours = await MedianAsync(Rounds, () => bus.QueryAsync(list with { Size = PageSize, WithTotals = false }));
            var limit = await MedianAsync(Rounds, () => connection.QueryAsync(bare, new { name = deepName }));
            Print($"{what}: list", ours);
            Print($"{what}: bare query", limit);
            worst = Math.Max(worst, ours / limit);
        }
        Print(
            "first page with count and sum of all matches",
            await MedianAsync(Rounds, () => bus.QueryAsync(new ListMembers(MemberFilter.All, Size: PageSize)))
        );
        return new Ratio(worst);
    }

    // The edge of a page is opaque: walk in large steps to the place.
    private static async Task<string> DeepEdgeAsync(Platform.Messaging.IMessageBus bus, string name)
    {
        string? edge = null;
        while (true)
        {
            var page = await bus.QueryAsync(new ListMembers(MemberFilter.All, After: edge, Size: 1_000, WithTotals: false));
            if (page.After is null || page.Rows.Any(r => r.Name == name))
                return edge!;
            edge = page.After;
        }
    }

    /// <summary>100,000 invented members with their dues.</summary>
    internal static async Task FillAsync(NpgsqlConnection connection)
    {
        await connection.ExecuteAsync(
            $"""
            insert into membership.member (id, number, kind, name, category, joined_on, street, postal_code, town, email, phone)
            select gen_random_uuid(), n::text, 'organisation',
              (array['Praxis','Apotheke','Klinikum','Pflegedienst','Stadt','Universität','Ärztehaus','Öffentliche Kasse'])[1 + n % 8] || ' Nummer ' || n,
                   (array['practice','company','hospital','welfare','municipality','research'])[1 + n % 6], date '2000-01-01' + n % 9000,
                   'Hauptstraße ' || n, lpad((66000 + n % 999)::text, 5, '0'), (array['Saarbrücken','Homburg','Völklingen','Merzig','St. Wendel'])[1 + n % 5],
                   'post' || n || '@mitglied.example', '0681 ' || n
              from generate_series(1, {Members}) n;
            insert into membership.prior_dues select id, 2026, 120 from membership.member;
            """,
            commandTimeout: 600
        );
        await connection.ExecuteAsync("vacuum analyze membership.member, membership.prior_dues");
    }
}
