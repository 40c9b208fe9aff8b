using Association.Billing;
using Association.Events.Booking.Acting;
using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Membership;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Events.Tests;

/// <summary>Class fixture: an office with this module, and those that know members and write invoices.</summary>
public sealed class EventsOffice : IAsyncLifetime
{
    /// <summary>What events need to be sold.</summary>
    public static IModule[] Modules => [new EventsModule(), new MembershipModule(), new BillingModule()];

    private TestOffice? _office;

    public TestOffice Office => _office!;

    public IMessageBus Bus => Office.As(Roles.Office).Bus;

    public async Task InitializeAsync() => _office = await TestOffice.CreateAsync(Modules);

    public async Task DisposeAsync() => await Office.DisposeAsync();

    /// <summary>Invokes, and waits for what follows.</summary>
    internal async Task<BookAnswer> InvokeAsync(BookCommand command)
    {
        await using var scope = Office.As(Roles.Office);
        return await scope.Bus.InvokeAsync<BookAnswer>(command);
    }

    /// <summary>An event with so many seats.</summary>
    internal async Task<(EventId Event, PoolId House)> PlanAsync(int? seats, BookRules? rules = null, params PlannedPool[] others)
    {
        var (id, house) = (EventId.New(), PoolId.New());
        await Bus.InvokeAsync(new PlanSeats(id, rules ?? Open, [new PlannedPool(house, PoolKind.Event, seats), .. others]));
        return (id, house);
    }

    /// <summary>Open, with a waiting list, whose first gets a seat at once.</summary>
    internal static readonly BookRules Open = new(null, null, WaitingList: true, OfferHours: null, MostAtOnce: 4);

    /// <summary>One person.</summary>
    internal static RegisterSeats One(EventId id, params PoolId[] needs) => new(id, GroupId.New(), IsWhole: false, [new Seat(RegistrationId.New(), needs)]);

    internal async Task<T> ReadAsync<T>(string sql, object? values = null)
    {
        await using var connection = await Office.Database.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, values))!;
    }

    internal async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? values = null)
    {
        await using var connection = await Office.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<T>(sql, values)).AsList();
    }

    /// <summary>What the verb <c>verify</c> finds wrong.</summary>
    internal async Task<IReadOnlyList<string>> FaultsAsync()
    {
        await using var scope = Office.As(Roles.Office);
        var faults = new List<string>();
        foreach (var check in scope.Services.GetServices<IVerifyCheck>())
            if (await check.RunAsync(CancellationToken.None) is { Ok: false, Detail: var detail })
                faults.Add($"{check.Name}: {detail}");
        return faults;
    }

    internal async Task ShouldVerifyAsync() => (await FaultsAsync()).ShouldBeEmpty();
}
