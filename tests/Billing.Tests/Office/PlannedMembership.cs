using System.Collections.Concurrent;
using Association.Billing.Contracts;
using Association.Events.Contracts;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Billing.Tests.Office;

/// <summary>The membership side as a test plans it: members' cards and the chunks of runs, in memory.</summary>
public sealed class PlannedMembership : IModule, IMemberDirectory, IDuesCharges, IChargedCategories, IDuesComparisons, IDuesRuns, IWrittenLetters
{
    private readonly ConcurrentDictionary<MemberId, MemberCard> _cards = new();
    private readonly ConcurrentDictionary<(DuesRunId Run, int Chunk), IReadOnlyList<RaisedCharge>> _chunks = new();
    private int _members;

    public string Name => "membership";

    public IReadOnlyList<MenuEntry> Menu => [];

    public IReadOnlyList<Permission> Permissions => [];

    /// <summary>What Billing told: chunks that have their invoices.</summary>
    public ConcurrentBag<ChargesInvoiced> Invoiced { get; } = [];

    /// <summary>What Billing told: charges that a cancellation voided.</summary>
    public ConcurrentBag<ChargeId> Voided { get; } = [];

    public void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSingleton(this)
            .AddSingleton<IMemberDirectory>(this)
            .AddSingleton<IDuesCharges>(this)
            .AddSingleton<IChargedCategories>(this)
            .AddSingleton<IDuesComparisons>(this)
            .AddSingleton<IDuesRuns>(this)
            .AddSingleton<IWrittenLetters>(this)
            .AddSingleton(Events)
            .AddSingleton<IEventBills>(Events);

    /// <summary>The other module whose claims are invoiced.</summary>
    public PlannedEvents Events { get; } = new();

    /// <summary>Letters that were written, by what they were written in.</summary>
    public ConcurrentDictionary<Guid, IReadOnlyList<WrittenLetter>> Letters { get; } = new();

    Task<IReadOnlyList<WrittenLetter>> IWrittenLetters.ReadAsync(Guid letter, CancellationToken ct) => Task.FromResult(Letters[letter]);

    /// <summary>What the members paid the year before, by charge.</summary>
    public ConcurrentDictionary<ChargeId, ChargeComparison> Comparisons { get; } = new();

    /// <summary>Adds a member who pays by transfer; change the card with <c>with</c> and <see cref="Put"/>.</summary>
    public MemberCard AddMember(Func<MemberCard, MemberCard>? with = null)
    {
        var number = 1300 + Interlocked.Increment(ref _members);
        var card = new MemberCard(
            MemberId.New(),
            $"{number}",
            $"Praxis Nr. {number}",
            "Arztpraxen und Apotheken",
            "de",
            new PrintedAddress([$"Praxis Nr. {number}", "Am Markt 1"], "66822", "Lebach", "DE"),
            "praxis@example.org",
            false,
            null,
            null,
            null,
            PaymentRoute.Transfer,
            null
        );
        return Put(with is null ? card : with(card));
    }

    public MemberCard Put(MemberCard card) => _cards[card.Id] = card;

    public void Remove(MemberId member) => _cards.TryRemove(member, out _);

    /// <summary>A charge over one line.</summary>
    public static RaisedCharge Charge(MemberCard member, decimal amount, DateOnly? dueOn = null, int year = 2027) =>
        new(
            ChargeId.New(),
            member.Id,
            DuesKind.Annual,
            year,
            new Money(amount),
            [new ChargeLine($"Jahresbeitrag {year}", new Money(amount))],
            "Beitragsordnung vom 12.11.2026",
            dueOn ?? new DateOnly(year, 2, 15),
            30
        );

    /// <summary>The charge was wrong: it is voided, and the other one, if any, takes its place.</summary>
    public ChargeCorrected Correct(RaisedCharge wrong, RaisedCharge? right, string reason = "Falsche Bettenzahl")
    {
        Voided.Add(wrong.Id);
        if (right is not null)
            _chunks[(DuesRunId.New(), 0)] = [right];
        return new ChargeCorrected(CorrectionId.New(), wrong.Id, right?.Id, reason);
    }

    /// <summary>What Billing told: corrections that stand in the books.</summary>
    public ConcurrentBag<CorrectionBooked> Corrected { get; } = [];

    /// <summary>Plans a chunk of a run.</summary>
    public ChargesRaised Plan(DuesRunId run, int chunk, Guid work, params IReadOnlyList<RaisedCharge> charges)
    {
        _chunks[(run, chunk)] = charges;
        return new ChargesRaised(run, chunk, work);
    }

    /// <summary>A run is called by its id.</summary>
    public Task<DuesRunId?> FindAsync(string code, CancellationToken ct) =>
        Task.FromResult<DuesRunId?>(Guid.TryParse(code, out var id) && _chunks.Keys.Any(k => k.Run.Value == id) ? new DuesRunId(id) : null);

    public Task<IReadOnlyList<MemberCard>> ReadAsync(IReadOnlyCollection<MemberId> members, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<MemberCard>>([.. members.Where(_cards.ContainsKey).Select(m => _cards[m])]);

    public Task<IReadOnlyList<RaisedCharge>> ReadChunkAsync(DuesRunId run, int chunk, CancellationToken ct) =>
        Task.FromResult(_chunks.GetValueOrDefault((run, chunk), []));

    public Task<IReadOnlyList<RaisedCharge>> ReadAsync(IReadOnlyCollection<ChargeId> charges, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<RaisedCharge>>([.. _chunks.Values.SelectMany(c => c).Where(c => charges.Contains(c.Id))]);

    public Task<IReadOnlyList<ChargeComparison>> CompareAsync(IReadOnlyCollection<ChargeId> charges, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ChargeComparison>>([.. charges.Where(Comparisons.ContainsKey).Select(c => Comparisons[c])]);

    public Task<IReadOnlyDictionary<ChargeId, ChargedCategory>> CategoriesAsync(IReadOnlyCollection<ChargeId> charges, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<ChargeId, ChargedCategory>>(charges.ToDictionary(c => c, _ => new ChargedCategory(1, "Arztpraxen und Apotheken")));

    public Task<IReadOnlyList<ReleasedCharge>> ReleasedAsync(ChargeId? after, int limit, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ReleasedCharge>>([
            .. _chunks
                .Values.SelectMany(c => c)
                .Where(c => c.Amount > Money.Zero)
                .OrderBy(c => c.Id.Value)
                .Where(c => after is null || c.Id.Value.CompareTo(after.Value.Value) > 0)
                .Take(limit)
                .Select(c => new ReleasedCharge(c.Id, c.Amount, Voided.Contains(c.Id))),
        ]);
}

internal static class NoteInvoicedHandler
{
    public static void Handle(ChargesInvoiced message, PlannedMembership membership) => membership.Invoiced.Add(message);
}

internal static class NoteCorrectedHandler
{
    public static void Handle(CorrectionBooked message, PlannedMembership membership) => membership.Corrected.Add(message);
}

internal static class NoteVoidedHandler
{
    public static void Handle(ChargesVoided message, PlannedMembership membership)
    {
        foreach (var charge in message.Charges)
            membership.Voided.Add(charge);
    }
}
