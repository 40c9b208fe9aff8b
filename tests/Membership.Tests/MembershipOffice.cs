using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Association.Membership.Tests;

/// <summary>Class fixture: an office with this module alone on 21.11.2026; the books of the other module are a list that a test fills.</summary>
public sealed class MembershipOffice : IAsyncLifetime
{
    /// <summary>The business date unless a test sets another.</summary>
    public static readonly DateOnly Day = new(2026, 11, 21);

    private TestOffice? _office;

    /// <summary>The office.</summary>
    public TestOffice Office => _office!;

    /// <summary>Who was billed.</summary>
    public Books Books { get; } = new();

    /// <summary>Moves the business date.</summary>
    public void SetToday(DateOnly day) => Office.Clock.SetToday(day);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _office = await TestOffice.CreateAsync(
            services => services.AddScoped<IBilledMembers>(_ => Books).AddScoped<IInvoicedCharges>(_ => Books).AddScoped<IDeliveryChoices>(_ => Books),
            new MembershipModule()
        );
        SetToday(Day);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Office.DisposeAsync();
}

/// <summary>The books of Billing, as far as Membership asks them.</summary>
public sealed class Books : IBilledMembers, IInvoicedCharges, IDeliveryChoices
{
    /// <summary>Who wants paper.</summary>
    public HashSet<MemberId> OnPaper { get; } = [];

    /// <inheritdoc/>
    public Task<bool> WantsPaperAsync(MemberId member, CancellationToken ct) => Task.FromResult(OnPaper.Contains(member));

    /// <inheritdoc/>
    public Task<IReadOnlySet<MemberId>> WantPaperAsync(IReadOnlyCollection<MemberId> members, CancellationToken ct) =>
        Task.FromResult<IReadOnlySet<MemberId>>(members.Where(OnPaper.Contains).ToHashSet());

    /// <summary>The invoices that Billing would have.</summary>
    public Dictionary<ChargeId, InvoicedCharge> Invoices { get; } = [];

    /// <summary>Who has a document or a posting.</summary>
    public HashSet<MemberId> Billed { get; } = [];

    /// <inheritdoc/>
    public Task<IReadOnlyList<MemberId>> BilledAsync(IReadOnlyCollection<MemberId> members, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<MemberId>>([.. members.Where(Billed.Contains)]);

    /// <inheritdoc/>
    public Task<InvoicedCharge?> OfChargeAsync(ChargeId charge, CancellationToken ct) => Task.FromResult(Invoices.GetValueOrDefault(charge));

    /// <inheritdoc/>
    public Task<string?> SinceAsync(ChargeId charge, string shown, CancellationToken ct) =>
        Task.FromResult(Invoices.GetValueOrDefault(charge) is { } invoice && invoice.Shown != shown ? $"Seither: {invoice.Shown}" : null);

    /// <inheritdoc/>
    public Task<InvoicedCharge?> OfNumberAsync(string number, CancellationToken ct) => Task.FromResult(Invoices.Values.FirstOrDefault(i => i.Number == number));
}
