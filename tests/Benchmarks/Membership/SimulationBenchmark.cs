using Association.Billing;
using Association.Events;
using Association.Membership;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Regulation.Editing;
using Association.Membership.Dues.Regulation.Simulation;
using Association.Membership.Dues.Regulation.Versions;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.Modules;
using Association.Testing;

namespace Association.Benchmarks.Membership;

/// <summary>A simulation over 100,000 members, every one calculated under two versions, against the preview of a run over the same members.</summary>
internal sealed class SimulationBenchmark : Benchmark
{
    private const int Members = 100_000;
    private const int Rounds = 5;

    public override string Name => "simulation";

    public override async Task<Ratio> RunAsync()
    {
        await using var office = await TestOffice.CreateAsync(new MembershipModule(), new BillingModule(), new EventsModule());
        await using var connection = await office.Database.OpenConnectionAsync();
        await DuesYear.PrepareAsync(office, connection, Members);
        await using var scope = office.As(Roles.Office);
        var alike = await DraftAsync(scope, new FlatRule("insurer", new Money(3000m)));
        var otherwise = await DraftAsync(scope, new BandRule("hospital", "employees", [new DuesBand(0, null, new Money(2000m))]));

        var preview = await MedianAsync(Rounds, () => scope.Bus.QueryAsync(new PreviewDuesRun(2027)));
        Print("preview of 2027 (the limit)", preview);
        var simulation = await MedianAsync(Rounds, () => scope.Bus.QueryAsync(new SimulateRegulation(alike, 2027, DuesValues.OfTheYear)));
        Print("simulation of 2027, first page by difference", simulation);
        Print(
            "the same, measured otherwise than before",
            await MedianAsync(Rounds, () => scope.Bus.QueryAsync(new SimulateRegulation(otherwise, 2027, DuesValues.OfTheYear)))
        );
        Print(
            "the same, with the newest values",
            await MedianAsync(Rounds, () => scope.Bus.QueryAsync(new SimulateRegulation(alike, 2027, DuesValues.Newest)))
        );
        return new Ratio(simulation / preview);
    }

    private static async Task<int> DraftAsync(OfficeScope scope, DuesRule rule)
    {
        var number = await scope.Bus.InvokeAsync<int>(new StartRegulation(new DateOnly(2028, 1, 1), 1));
        var draft = (await scope.Bus.QueryAsync(new ReadRegulation(number)))!;
        await scope.Bus.InvokeAsync(new SaveRule(draft.Version.Id, draft.Rules[rule.Category].Version, rule));
        return number;
    }
}
