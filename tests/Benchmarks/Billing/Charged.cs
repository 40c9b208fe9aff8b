using System.Globalization;
using Association.Benchmarks.Messaging;
using Association.Events.Contracts;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Benchmarks.Billing;

/// <summary>The membership side: as many members as charges, in memory.</summary>
internal sealed class Charged(int charges, int chunkSize)
    : IModule,
        IMemberDirectory,
        IDuesCharges,
        IChargedCategories,
        IDuesComparisons,
        IWrittenLetters,
        IEventBills
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
        services.AddSingleton<IWrittenLetters>(this);
        services.AddSingleton<IEventBills>(this);
    }

    public Task<IReadOnlyList<MemberCard>> ReadAsync(IReadOnlyCollection<MemberId> members, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<MemberCard>>([.. members.Select(m => _cards[m])]);

    Task<IReadOnlyList<EventBill>> IEventBills.ReadAsync(IReadOnlyCollection<ChargeId> bills, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<EventBill>>([]);

    Task<IReadOnlyList<RaisedBill>> IEventBills.AfterAsync(ChargeId? bill, int count, CancellationToken ct) => Task.FromResult<IReadOnlyList<RaisedBill>>([]);

    Task<IReadOnlyList<WrittenLetter>> IWrittenLetters.ReadAsync(Guid letter, CancellationToken ct) => Task.FromResult<IReadOnlyList<WrittenLetter>>([]);

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
