using System.Globalization;
using Association.Benchmarks.Messaging;
using Association.Billing;
using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.Configuration;
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

    /// <summary>The membership side: as many members as charges, in memory.</summary>
    private sealed class Charged(int charges, int chunkSize) : IModule, IMemberDirectory, IDuesCharges, IChargedCategories, IDuesComparisons
    {
        public static readonly AssociationProfile Profile = new(
            1,
            "Gesundheitsregion Beispiel e. V.",
            "Beispiel",
            "Am Markt 1",
            "66111",
            "Saarbrücken",
            "buero@beispiel.example",
            "+49 681 1",
            "beispiel.example",
            "VR 1",
            "Vorstand: A. B.",
            "040/1",
            "Bank",
            "DE02120300000000202051",
            "BYLADEM1001",
            "DE98ZZZ09999999999"
        );

        private readonly Dictionary<MemberId, MemberCard> _cards = Enumerable.Range(1, charges).Select(Card).ToDictionary(c => c.Id);

        public string Name => "membership";

        public IReadOnlyList<MenuEntry> Menu => [];

        public IReadOnlyList<Permission> Permissions => [];

        public DuesRunId Run { get; } = DuesRunId.New();

        public void AddServices(IServiceCollection services, IConfiguration configuration)
        {
            services.AddModuleDb<BenchDb>(); // this assembly's handlers belong to every module in it, and one of them writes there
            services.AddSingleton<IMemberDirectory>(this).AddSingleton<IDuesCharges>(this);
            services.AddSingleton<IChargedCategories>(this).AddSingleton<IDuesComparisons>(this);
        }

        public Task<IReadOnlyList<MemberCard>> ReadAsync(IReadOnlyCollection<MemberId> members, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<MemberCard>>([.. members.Select(m => _cards[m])]);

        public Task<IReadOnlyList<RaisedCharge>> ReadChunkAsync(DuesRunId run, int chunk, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<RaisedCharge>>([.. _cards.Values.Skip((chunk - 1) * chunkSize).Take(chunkSize).Select(Charge)]);

        public Task<IReadOnlyList<RaisedCharge>> ReadAsync(IReadOnlyCollection<ChargeId> charges, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<RaisedCharge>>([]);

        public Task<IReadOnlyList<ChargeComparison>> CompareAsync(IReadOnlyCollection<ChargeId> charges, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<ChargeComparison>>([]);

        public Task<IReadOnlyDictionary<ChargeId, ChargedCategory>> CategoriesAsync(IReadOnlyCollection<ChargeId> charges, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<ChargeId, ChargedCategory>>(new Dictionary<ChargeId, ChargedCategory>());

        public Task<IReadOnlyList<ReleasedCharge>> ReleasedAsync(ChargeId? after, int limit, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<ReleasedCharge>>([]);

        private static MemberCard Card(int n) =>
            new(
                MemberId.New(),
                n.ToString(CultureInfo.InvariantCulture),
                $"Krankenhaus Nummer {n} gGmbH",
                "Krankenhausträger",
                "de",
                new PrintedAddress([$"Krankenhaus Nummer {n} gGmbH", $"Hauptstraße {n}"], "66111", "Saarbrücken", "DE"),
                "post@example.org",
                false,
                "DE89370400440532013000",
                $"M-{n}",
                new DateOnly(2014, 2, 1),
                n % 2 == 0 ? PaymentRoute.Transfer : PaymentRoute.DirectDebit,
                null
            );

        private static RaisedCharge Charge(MemberCard member) =>
            new(
                ChargeId.New(),
                member.Id,
                DuesKind.Annual,
                2027,
                new Money(5_244m),
                [new ChargeLine("640 Planbetten: Stufe ab 600", new Money(5_200m)), new ChargeLine("40 × 1,10 €", new Money(44m))],
                "Beitragsordnung vom 12.11.2026",
                new DateOnly(2027, 2, 15),
                30
            );
    }
}
