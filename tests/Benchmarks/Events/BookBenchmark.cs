using Association.Billing;
using Association.Events;
using Association.Events.Booking.Acting;
using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Membership;
using Association.Platform.Data.Migrations;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Association.Benchmarks.Events;

/// <summary>
/// Registrations for one event, by eight at once through the bus: fact, row, seats of event and session, under the lock of the book, committed to the disk. The
/// limit is the bare transaction: lock a row, insert one, count a seat in two others, commit, by prepared statements. More is better.
/// </summary>
internal sealed class BookBenchmark : Benchmark
{
    private const int Clients = 8;
    private const int Count = 4_000;
    private const int Many = 10_000;
    private const int Rounds = 3;

    public override string Name => "registrations";

    public override async Task<Ratio> RunAsync()
    {
        await using var server = await OwnServer.StartAsync(new Dictionary<string, string>());
        var configuration = new ConfigurationManager { ["ConnectionStrings:Association"] = server.ConnectionString };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddAssociationPlatform(configuration);
        services.AddAssociationModules(configuration, new EventsModule(), new MembershipModule(), new BillingModule());
        await using var host = services.BuildServiceProvider();
        await host.GetRequiredService<MigrationRunner>().MigrateAsync(CancellationToken.None);
        var database = host.GetRequiredService<NpgsqlDataSource>();
        await PrepareBareAsync(database);

        var (ours, bare) = (new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var (id, session) = await PlanAsync(host);
            var our = await RateAsync(_ => RegisterAsync(host, id, session));
            var limit = await BareAsync(database);
            if (round < 0)
                continue; // all is compiled and prepared
            ours.Add(our);
            bare.Add(limit);
        }
        PerMinute("registrations, a new event", ours.Order().ElementAt(Rounds / 2));
        PerMinute("the bare transaction", bare.Order().ElementAt(Rounds / 2));
        await GrowingAsync(host);
        return new Ratio(ours.Order().ElementAt(Rounds / 2) / bare.Order().ElementAt(Rounds / 2));
    }

    // One after the other, so that nothing but the number of those who are there differs.
    private static async Task GrowingAsync(ServiceProvider host)
    {
        var (small, session) = await PlanAsync(host);
        var (large, other) = await PlanAsync(host);
        for (var chunk = 0; chunk < Many / 500; chunk++)
            await InvokeAsync(
                host,
                new RegisterSeats(
                    large,
                    GroupId.New(),
                    IsWhole: false,
                    [.. Enumerable.Range(0, 500).Select(_ => new Seat(RegistrationId.New(), [other]))],
                    ByOffice: true
                )
            );
        var (few, many) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var i = 0; i < 400; i++)
        {
            few.Add(await TimeAsync(() => RegisterAsync(host, small, session)));
            many.Add(await TimeAsync(() => RegisterAsync(host, large, other)));
        }
        Print("a registration alone, 10 to 400 are there (median)", few.Order().ElementAt(few.Count / 2));
        Print($"a registration alone, {Many:N0} are there (median)", many.Order().ElementAt(many.Count / 2));
    }

    private static async Task<(EventId Event, PoolId Session)> PlanAsync(ServiceProvider host)
    {
        var (id, session) = (EventId.New(), PoolId.New());
        await InvokeAsync(
            host,
            new PlanSeats(
                id,
                new BookRules(null, null, WaitingList: true, OfferHours: null, MostAtOnce: 4),
                [new(PoolId.New(), PoolKind.Event, Many * 2), new(session, PoolKind.Session, Many * 2)]
            ),
            answers: false
        );
        return (id, session);
    }

    private static Task RegisterAsync(ServiceProvider host, EventId id, PoolId session) =>
        InvokeAsync(host, new RegisterSeats(id, GroupId.New(), IsWhole: false, [new Seat(RegistrationId.New(), [session])]));

    private static async Task InvokeAsync(ServiceProvider host, BookCommand command, bool answers = true)
    {
        await using var scope = host.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = Actor.System;
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        if (answers)
            await bus.InvokeAsync<BookAnswer>(command);
        else
            await bus.InvokeAsync(command);
    }

    private static async Task PrepareBareAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            create schema bench;
            create table bench.book (id int primary key, version bigint not null);
            create table bench.pool (id int primary key, capacity int not null, taken int not null check (taken <= capacity));
            create table bench.registration (id uuid primary key, group_id uuid not null, state text not null, at timestamptz not null default now());
            insert into bench.book values (1, 0);
            insert into bench.pool values (1, 1000000000, 0), (2, 1000000000, 0);
            """
        );
    }

    private static async Task<double> BareAsync(NpgsqlDataSource database) =>
        await RateAsync(async _ =>
        {
            await using var connection = await database.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await ExecuteAsync("select version from bench.book where id = 1 for update");
            await ExecuteAsync("insert into bench.registration values ($1, $2, 'accepted')", Guid.CreateVersion7(), Guid.CreateVersion7());
            await ExecuteAsync("update bench.pool set taken = taken + 1 where id in (1, 2)");
            await transaction.CommitAsync();

            async Task ExecuteAsync(string sql, params object[] values)
            {
                await using var command = new NpgsqlCommand(sql, connection, transaction);
                foreach (var value in values)
                    command.Parameters.Add(new() { Value = value });
                await command.PrepareAsync();
                await command.ExecuteNonQueryAsync();
            }
        });

    /// <summary>A minute.</summary>
    private static async Task<double> RateAsync(Func<int, Task> one)
    {
        var next = -1;
        var time = await TimeAsync(() =>
            Task.WhenAll(
                Enumerable
                    .Range(0, Clients)
                    .Select(_ =>
                        Task.Run(async () =>
                        {
                            while (Interlocked.Increment(ref next) is var i && i < Count)
                                await one(i);
                        })
                    )
            )
        );
        return Count / time.TotalMinutes;
    }

    private static void PerMinute(string what, double rate) => Console.WriteLine(FormattableString.Invariant($"  {what, -58} {rate, 10:N0} /min"));
}
