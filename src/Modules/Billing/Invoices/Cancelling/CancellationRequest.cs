using Association.Billing.Data;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Invoices.Cancelling;

internal enum CancellationState
{
    /// <summary>A second person is to agree.</summary>
    Requested,

    /// <summary>Agreed to; the cancellation is issued.</summary>
    Issued,
}

/// <summary>A cancellation that needs or needed a second person. At most one live one an invoice.</summary>
internal sealed record CancellationRequest(
    Guid Id,
    string Number,
    string MemberName,
    Money Amount,
    string Reason,
    CancellationState State,
    UserId RequestedBy,
    string RequestedByName,
    DateTimeOffset RequestedAt
);

/// <summary>The request on an invoice; null when there is none, or none any more.</summary>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ReadCancellationRequest(string Number) : IQuery<CancellationRequest?>;

internal static class ReadCancellationRequestHandler
{
    public static Task<CancellationRequest?> HandleAsync(ReadCancellationRequest query, BillingDb db, CancellationToken ct) =>
        CancellationRequests.FindAsync(db, query.Number, ct);
}

/// <summary>The cancellations that wait for a second person, the oldest first.</summary>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ListCancellationRequests : IQuery<IReadOnlyList<CancellationRequest>>;

internal static class ListCancellationRequestsHandler
{
    public static Task<IReadOnlyList<CancellationRequest>> HandleAsync(ListCancellationRequests _, BillingDb db, CancellationToken ct) =>
        CancellationRequests.WaitingAsync(db, ct);
}

/// <summary>Reads and writes requests in the running transaction.</summary>
internal static class CancellationRequests
{
    public static async Task<CancellationRequest?> FindAsync(BillingDb db, string number, CancellationToken ct) =>
        (await ReadAsync(db, "i.number = @number and r.state <> 'withdrawn'", new { number = number.Trim().ToUpperInvariant() }, ct)).SingleOrDefault();

    // A correction may have cancelled the invoice meanwhile: then nothing waits any more.
    public static Task<IReadOnlyList<CancellationRequest>> WaitingAsync(BillingDb db, CancellationToken ct) =>
        ReadAsync(db, "r.state = 'requested' and not exists (select from billing.invoice c where c.cancels_id = i.id)", new { }, ct);

    public static async Task AddAsync(BillingDb db, InvoiceId invoice, string reason, Actor by, DateTimeOffset at, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.cancellation_request (id, invoice_id, reason, state, requested_by, requested_by_name, requested_at)
                values (@id, @invoice, @reason, 'requested', @by, @name, @at)
                """,
                new
                {
                    id = Guid.CreateVersion7(),
                    invoice = invoice.Value,
                    reason,
                    by = by.Id!.Value.Value,
                    name = by.Name,
                    at,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }

    public static Task ApproveAsync(BillingDb db, CancellationRequest request, Actor by, DateTimeOffset at, CancellationToken ct) =>
        ChangeAsync(
            db,
            "state = 'issued', approved_by = @by, approved_by_name = @name, approved_at = @at",
            new
            {
                request.Id,
                by = by.Id!.Value.Value,
                name = by.Signature,
                at,
            },
            ct
        );

    public static Task WithdrawAsync(BillingDb db, CancellationRequest request, CancellationToken ct) =>
        ChangeAsync(db, "state = 'withdrawn'", new { request.Id }, ct);

    private static async Task ChangeAsync(BillingDb db, string change, object parameters, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var changed = await connection.ExecuteAsync(
            new CommandDefinition(
                $"update billing.cancellation_request set {change} where id = @Id and state = 'requested'",
                parameters,
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (changed != 1)
            throw new InvalidOperationException("The request is no longer in the state that was read under the lock of its invoice.");
    }

    private static async Task<IReadOnlyList<CancellationRequest>> ReadAsync(BillingDb db, string where, object parameters, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = await connection.QueryAsync<(
            Guid Id,
            string Number,
            string Member,
            decimal Amount,
            string Reason,
            string State,
            Guid By,
            string ByName,
            DateTime At
        )>(
            new CommandDefinition(
                $"""
                select r.id, i.number, a.name, i.amount, r.reason, r.state, r.requested_by, r.requested_by_name, r.requested_at
                  from billing.cancellation_request r join billing.invoice i on i.id = r.invoice_id join billing.account a on a.id = i.account_id
                 where {where} order by r.requested_at
                """,
                parameters,
                db.Transaction,
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.Select(r => new CancellationRequest(
                r.Id,
                r.Number,
                r.Member,
                new Money(r.Amount),
                r.Reason,
                EnumText.Parse<CancellationState>(r.State),
                new UserId(r.By),
                r.ByName,
                r.At
            )),
        ];
    }
}
