using System.Collections.Concurrent;
using System.Globalization;
using Association.Events.Booking.Acting;
using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Events.Tests.Booking.Racing;

/// <summary>
/// 500 clients for one event with 50 seats, 30 in each of two sessions and 10 for one organisation. What each does is known beforehand, so whoever was killed
/// begins anew, and what was done is not done twice.
/// </summary>
internal sealed record Race(int Seed)
{
    public const int Clients = 500;
    public const int Seats = 50;

    public EventId Event => new(Id(0, 0));

    public PoolId House => new(Id(0, 1));

    public PoolId Morning => new(Id(0, 2));

    public PoolId Evening => new(Id(0, 3));

    public PoolId Contingent => new(Id(0, 4));

    /// <summary>In every second round who waits is offered a seat and has to take it.</summary>
    public PlanSeats Plan =>
        new(
            Event,
            new BookRules(null, null, WaitingList: true, OfferHours: Seed % 2 == 0 ? null : 5, MostAtOnce: 3),
            [
                new(House, PoolKind.Event, Seats),
                new(Morning, PoolKind.Session, 30),
                new(Evening, PoolKind.Session, 30),
                new(Contingent, PoolKind.Contingent, 10),
            ]
        );

    /// <summary>Registers one, two or three, together or as many as there is room for.</summary>
    public RegisterSeats Register(int client) =>
        new(
            Event,
            new(Id(client + 1, 9)),
            IsWhole: client % 2 == 0,
            [.. Enumerable.Range(0, client % 10 < 7 ? 1 : client % 10 - 6).Select(i => new Seat(new(Id(client + 1, i)), Needs(client + i)))]
        );

    /// <summary>What the client does afterwards; some nothing.</summary>
    public BookCommand? Then(int client) =>
        (client % 7) switch
        {
            0 or 3 => new CancelRegistrations(Event, Register(client).Named, CancelReason.ByPerson),
            1 => new CancelRegistrations(Event, [Register(client).Named[0]], CancelReason.ByPerson),
            2 => new ChangeRegistration(Event, Register(client).Named[0], [Evening]),
            _ => null,
        };

    /// <summary>All of these clients at once; each repeats what failed until it is answered.</summary>
    public async Task<IReadOnlyDictionary<int, BookAnswer>> RunAsync(IServiceProvider services, int from, int to, int order)
    {
        var answers = new ConcurrentDictionary<int, BookAnswer>();
        var clients = Enumerable.Range(from, to - from).ToArray();
        new Random(order).Shuffle(clients);
        await Task.WhenAll(
            clients.Select(client =>
                Task.Run(async () =>
                {
                    answers[client] = (await InvokeAsync(services, Register(client)))!;
                    if (Then(client) is { } then)
                        await InvokeAsync(services, then);
                })
            )
        );
        return answers;
    }

    /// <summary>Null when it could not be done, because others were faster.</summary>
    public static async Task<BookAnswer?> InvokeAsync(IServiceProvider services, BookCommand command)
    {
        for (var attempt = 0; ; attempt++)
            try
            {
                await using var scope = services.CreateAsyncScope();
                var held = services.GetRequiredService<PermissionCatalog>().HeldBy(Roles.Office);
                scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = new Actor(null, "Race", held);
                return await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync<BookAnswer>(command);
            }
            catch (ProblemsException)
            {
                return null;
            }
            catch (Npgsql.NpgsqlException) when (attempt < 20)
            {
                // no connection was free in time, or it broke: once more
            }
    }

    private IReadOnlyList<PoolId> Needs(int client) =>
        [
            .. (client % 3) switch
            {
                0 => new[] { Morning },
                1 => [Morning, Evening],
                _ => [],
            },
            .. client % 5 == 0 ? new[] { Contingent } : [],
        ];

    private Guid Id(int client, int number) => Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"{Seed:x8}-{client:x4}-7000-8000-{number:x12}"));
}
