using Association.Billing;
using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Association.Benchmarks.Billing;

/// <summary>
/// Charges become issued invoices, in chunks of 200 as a dues run delivers them: accounts refreshed, numbers drawn, snapshots, lines and postings
/// written and checked by the database, messages stored; without PDFs. The limit is binary COPY of the very same rows into tables of the same columns
/// and indexes, without foreign keys and checks by trigger.
/// </summary>
internal sealed class IssuingBenchmark : Benchmark
{
    private const int Charges = 20_000;
    private const int ChunkSize = 200;
    private static readonly string[] Books = ["invoice_line", "posting_line", "posting", "invoice"];

    public override string Name => "issuing";

    public override async Task<Ratio> RunAsync()
    {
        var membership = new Charged(Charges, ChunkSize);
        await using var office = await TestOffice.CreateAsync(services => RemoveWorkers(services), membership, new BillingModule());
        await office.Services.GetRequiredService<IAssociationProfiles>().SaveAsync(Charged.Profile, CancellationToken.None);
        var work = await StartWorkAsync(office);

        var ours = await TimeAsync(async () =>
        {
            for (var chunk = 1; chunk <= Charges / ChunkSize; chunk++)
            {
                await using var scope = office.As(Actor.System);
                await scope.Bus.InvokeAsync(new ChargesRaised(membership.Run, chunk, work));
            }
        });
        var limit = await CopyAsync(office.Database);
        Print($"{Charges:N0} charges to issued invoices", ours);
        Print("COPY of the same rows", limit);
        Console.WriteLine(FormattableString.Invariant($"  {Charges / ours.TotalSeconds:0} invoices a second"));
        return new Ratio(ours / limit);
    }

    // The documents are another benchmark's: nobody takes up the messages that the chunks store.
    private static void RemoveWorkers(IServiceCollection services)
    {
        foreach (var worker in services.Where(s => s.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService)).ToList())
            services.Remove(worker);
    }

    private static async Task<Guid> StartWorkAsync(TestOffice office)
    {
        await using var scope = office.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<LongWorkLog>()
            .StartAsync(
                scope.ServiceProvider.GetRequiredService<BillingDb>(),
                "bench",
                StoredText.Of<BillingTexts>("Benchmark"),
                "/",
                Charges,
                "Benchmark",
                CancellationToken.None
            );
    }

    private static async Task<TimeSpan> CopyAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        var time = TimeSpan.Zero;
        foreach (var book in Books)
        {
            await connection.ExecuteAsync($"create table bench_{book} (like billing.{book} including indexes including defaults)");
            var rows = new MemoryStream();
            await using (var source = await connection.BeginRawBinaryCopyAsync($"copy (select * from billing.{book}) to stdout (format binary)"))
                await source.CopyToAsync(rows);
            rows.Position = 0;
            time += await TimeAsync(async () =>
            {
                await using var target = await connection.BeginRawBinaryCopyAsync($"copy bench_{book} from stdin (format binary)");
                await rows.CopyToAsync(target);
            });
        }
        return time;
    }
}
