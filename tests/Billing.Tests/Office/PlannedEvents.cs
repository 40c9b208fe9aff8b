using System.Collections.Concurrent;
using Association.Events.Contracts;
using Association.Membership.Contracts;

namespace Association.Billing.Tests.Office;

/// <summary>Bills for seats as a test plans them, in memory.</summary>
public sealed class PlannedEvents : IEventBills
{
    /// <summary>All, by their ids; replaced ones say so.</summary>
    public ConcurrentDictionary<ChargeId, EventBill> Bills { get; } = new();

    public Task<IReadOnlyList<EventBill>> ReadAsync(IReadOnlyCollection<ChargeId> bills, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<EventBill>>([.. bills.Where(Bills.ContainsKey).Select(b => Bills[b])]);

    public Task<IReadOnlyList<RaisedBill>> AfterAsync(ChargeId? bill, int count, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<RaisedBill>>([
            .. Bills
                .Values.Where(b => bill is null || b.Id.Value.CompareTo(bill.Value.Value) > 0)
                .OrderBy(b => b.Id.Value)
                .Take(count)
                .Select(b => new RaisedBill(b.Id, b.Amount, b.IsReplaced)),
        ]);
}
