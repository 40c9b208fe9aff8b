using Association.Benchmarks.Membership;
using Association.Billing;
using Association.Events;
using Association.Membership;
using Association.Office.Contracts;
using Association.Office.Operation;
using Association.Office.People;
using Association.Office.Settings;
using Association.Office.Today;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Association.Benchmarks.Office;

/// <summary>The number beside <em>Heute</em>, which stands on every page, with 100,000 members in November; held against 20 ms, the most that it may add to a
/// page.</summary>
internal sealed class BadgeBenchmark : Benchmark
{
    private const int Rounds = 41;

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(20);

    public override string Name => "badge";

    public override async Task<Ratio> RunAsync()
    {
        await using var office = await TestOffice.CreateAsync(
            services =>
            {
                foreach (
                    var background in services
                        .Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Assembly == typeof(TodayModule).Assembly)
                        .ToList()
                )
                    services.Remove(background); // jobs; what counts tasks stays
            },
            new IdentityModule(),
            new SettingsModule(),
            new OperationModule(),
            new TodayModule(),
            new MembershipModule(),
            new BillingModule(),
            new EventsModule()
        );
        await using (var connection = await office.Database.OpenConnectionAsync())
            await DuesYear.PrepareAsync(office, connection, MemberListBenchmark.Members);
        var person = office.As(Roles.Office);
        var actor = person.Services.GetRequiredService<CurrentUser>().Actor;
        var counts = office.Services.GetRequiredService<IOpenTasks>();

        Print("Heute itself: every task listed", await MedianAsync(3, () => person.Bus.QueryAsync(new ReadToday())));
        var ours = await MedianAsync(Rounds, () => counts.CountAsync(actor, CancellationToken.None));
        Print("the number on any other page", ours);
        return new Ratio(ours / Limit);
    }
}
