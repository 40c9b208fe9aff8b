using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Lists;

namespace Association.Billing.Invoices.Browsing;

/// <summary>How an issued document stands.</summary>
internal enum InvoiceState
{
    /// <summary>Something is to be paid, and there is time.</summary>
    Open,

    /// <summary>The day passed on which a transfer was due. A collection is never overdue before it failed.</summary>
    Overdue,

    /// <summary>Nothing is left to pay.</summary>
    Paid,

    /// <summary>What was left to pay was given up by resolution.</summary>
    Waived,

    /// <summary>What was left to pay is no longer expected, by resolution.</summary>
    WrittenOff,

    /// <summary>Taken back by a cancellation.</summary>
    Cancelled,

    /// <summary>Is a cancellation itself.</summary>
    Cancellation,
}

/// <summary>Which issued documents.</summary>
/// <param name="Search">Part of a number, a member's number or name; empty for all.</param>
/// <param name="State">Null for all.</param>
/// <param name="DuesYear">Null for all.</param>
/// <param name="Route">Null for both.</param>
/// <param name="Run">Issued for one dues run; null for all.</param>
/// <param name="Numbers">Only these; null for all.</param>
/// <param name="AmountFrom">Of at least so much; null for all.</param>
/// <param name="AmountTo">Of at most so much; null for all.</param>
/// <param name="DueFrom">Due on this day or later; null for all.</param>
/// <param name="DueTo">Due on this day or earlier; null for all.</param>
/// <param name="OverdueDays">Overdue for at least so many days; null for all.</param>
internal sealed record InvoiceFilter(
    string Search = "",
    InvoiceState? State = null,
    int? DuesYear = null,
    Membership.Contracts.PaymentRoute? Route = null,
    Guid? Run = null,
    IReadOnlyList<string>? Numbers = null,
    decimal? AmountFrom = null,
    decimal? AmountTo = null,
    DateOnly? DueFrom = null,
    DateOnly? DueTo = null,
    int? OverdueDays = null
)
{
    /// <summary>The conditions on <c>billing.invoice i</c> and <c>billing.account a</c>.</summary>
    public SqlConditions ToSql(DateOnly today)
    {
        var conditions = new SqlConditions(new { today, text = Search.Trim() });
        if (Search.Trim() is { Length: > 0 } text)
            conditions.When(
                $"%{SqlLike.Escape(text)}%",
                "(i.number ilike @like or a.search_name like platform.fold(@like) or a.member_number = @text)",
                "like"
            );
        if (State is { } state)
            conditions.And(Condition(state));
        return conditions
            .When(DuesYear, "i.dues_year = @year", "year")
            .When(Route is { } route ? EnumText.Of(route) : null, "i.kind = 'invoice' and i.payment_route = @route", "route")
            .When(Run, "i.run_id = @run", "run")
            .When(Numbers?.ToArray(), "i.number = any (@numbers)", "numbers")
            .When(AmountFrom, "i.amount >= @amountfrom", "amountfrom")
            .When(AmountTo, "i.amount <= @amountto", "amountto")
            .When(DueFrom, "i.kind = 'invoice' and i.due_on >= @duefrom", "duefrom")
            .When(DueTo, "i.kind = 'invoice' and i.due_on <= @dueto", "dueto")
            .When(OverdueDays, $"{Condition(InvoiceState.Overdue)} and @today::date - i.due_on >= @days", "days");
    }

    /// <summary>The state of a document; the same rules as in <see cref="Condition"/>.</summary>
    public static InvoiceState StateOf(
        bool isCancellation,
        bool isCancelled,
        Money open,
        DateOnly dueOn,
        bool byDirectDebit,
        DateOnly today,
        Money waived,
        Money writtenOff
    ) =>
        isCancellation ? InvoiceState.Cancellation
        : isCancelled ? InvoiceState.Cancelled
        : open <= Money.Zero
            ? waived > Money.Zero ? InvoiceState.Waived
                : writtenOff > Money.Zero ? InvoiceState.WrittenOff
                : InvoiceState.Paid
        : dueOn < today && !byDirectDebit ? InvoiceState.Overdue
        : InvoiceState.Open;

    private static string Condition(InvoiceState state) =>
        state switch
        {
            InvoiceState.Cancellation => "i.kind = 'cancellation'",
            InvoiceState.Cancelled => "exists (select from billing.invoice c where c.cancels_id = i.id)",
            InvoiceState.Paid =>
                "i.kind = 'invoice' and not exists (select from billing.invoice c where c.cancels_id = i.id) and i.id not in (select invoice_id from billing.open_item) and i.id not in (select invoice_id from billing.forgiven where waived + written_off > 0)",
            InvoiceState.Waived =>
                "i.id in (select invoice_id from billing.forgiven where waived > 0) and i.id not in (select invoice_id from billing.open_item)",
            InvoiceState.WrittenOff =>
                "i.id in (select invoice_id from billing.forgiven where written_off > 0 and waived = 0) and i.id not in (select invoice_id from billing.open_item)",
            InvoiceState.Overdue => "i.id in (select invoice_id from billing.open_item) and i.due_on < @today and i.payment_route = 'transfer'",
            InvoiceState.Open => "i.id in (select invoice_id from billing.open_item) and (i.due_on >= @today or i.payment_route = 'direct_debit')",
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };
}
