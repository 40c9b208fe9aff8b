using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Deliveries;

/// <summary>How a document left, and what still waits; null when there is no such number.</summary>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ReadDispatch(string Number) : IQuery<Dispatch?>;

/// <summary>How the documents of a member left, the newest first.</summary>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ReadMemberDispatch(MemberId Member) : IQuery<MemberDispatch>;

/// <summary>The dispatch of a document.</summary>
/// <param name="Number">As printed.</param>
/// <param name="Document">Its id.</param>
/// <param name="File">The newest document's bytes; null while they are being made.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsCancelled">Whether it was taken back.</param>
/// <param name="Recipient">Who would get a mail; null without an address.</param>
/// <param name="MemberNumber">Whose.</param>
/// <param name="MemberName">Whose.</param>
/// <param name="Attempts">By mail so far, of the newest document.</param>
/// <param name="Proofs">Every way it went, of all its documents.</param>
/// <param name="ByMail">Waits to be mailed.</param>
/// <param name="ByPaper">Waits for a print batch.</param>
/// <param name="Unreached">Nothing reaches the recipient.</param>
internal sealed record Dispatch(
    string Number,
    Guid Document,
    Guid? File,
    DocumentKind Kind,
    bool IsCancelled,
    MailRecipient? Recipient,
    string MemberNumber,
    string MemberName,
    int Attempts,
    IReadOnlyList<Delivery> Proofs,
    bool ByMail,
    bool ByPaper,
    bool Unreached
)
{
    /// <summary>The newest mail with the newest document; null without.</summary>
    public Delivery? LastMail => Proofs.Where(p => p.Route == DeliveryRoute.Mail && p.File == File).MaxBy(p => p.Attempt);

    /// <summary>The note that the member has the newest document otherwise; null without.</summary>
    public Delivery? Given => Proofs.FirstOrDefault(p => p.State == DeliveryState.Given && p.File == File);

    /// <summary>Whether it waits to leave, or nothing reaches its recipient.</summary>
    public bool Waits => ByMail || ByPaper || Unreached;

    /// <summary>Whether it can be mailed now, for the first time or again.</summary>
    public bool CanBeMailed => File is not null && !IsCancelled && Recipient is not null && LastMail?.State != DeliveryState.HandedOver;
}

/// <summary>The dispatch of a member's documents.</summary>
/// <param name="HasAccount">Whether the way can be chosen.</param>
/// <param name="Choice">What the member wants.</param>
/// <param name="Waiting">Documents that have not left, the newest first; at most 200.</param>
/// <param name="Proofs">At most 200, the newest first.</param>
internal sealed record MemberDispatch(bool HasAccount, DeliveryChoice Choice, IReadOnlyList<WaitingDocument> Waiting, IReadOnlyList<Delivery> Proofs);

/// <summary>A document that has not left yet.</summary>
/// <param name="Number">As printed.</param>
/// <param name="For">What it waits for: <c>Mail</c>, <c>Paper</c>, or <c>Nobody</c> while nothing reaches its recipient.</param>
internal sealed record WaitingDocument(string Number, string For);

internal static class ReadDispatchHandler
{
    public static async Task<Dispatch?> HandleAsync(ReadDispatch query, BillingDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition(
                """
                select d.number as Number, d.document_id as Document, d.file as File, d.kind as Kind, d.is_cancelled as IsCancelled, a.id as Account,
                       coalesce(d.address #>> '{lines,0}', a.name) as Name, d.email as Email, a.language as Language,
                       a.member_number as MemberNumber, a.name as MemberName,
                       coalesce((select max(m.attempt) from billing.mailed_document m where m.archive_file_id = d.file), 0) as Attempts,
                       coalesce(w.by_mail, false) as ByMail, coalesce(w.by_paper, false) as ByPaper,
                       w.document_id is not null and not w.by_mail and not w.by_paper as Unreached
                  from billing.deliverable d join billing.account a on a.id = d.account_id
                  left join billing.delivery_waiting w on w.document_id = d.document_id
                 where d.number = @number
                """,
                new { number = query.Number.Trim().ToUpperInvariant() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (row is null)
            return null;
        return new Dispatch(
            row.Number,
            row.Document,
            row.File,
            EnumText.Parse<DocumentKind>(row.Kind),
            row.IsCancelled,
            row.Email is null ? null : new MailRecipient(row.Account, row.Name ?? "", row.Email, row.Language),
            row.MemberNumber,
            row.MemberName,
            row.Attempts,
            await DeliveryProofs.ReadAsync(db, "d.document_id = @Document", new { row.Document }, 100, ct),
            row.ByMail,
            row.ByPaper,
            row.Unreached
        );
    }

    private sealed class Row
    {
        public required string Number { get; init; }
        public Guid Document { get; init; }
        public Guid? File { get; init; }
        public required string Kind { get; init; }
        public bool IsCancelled { get; init; }
        public Guid Account { get; init; }
        public string? Name { get; init; }
        public string? Email { get; init; }
        public required string Language { get; init; }
        public required string MemberNumber { get; init; }
        public required string MemberName { get; init; }
        public int Attempts { get; init; }
        public bool ByMail { get; init; }
        public bool ByPaper { get; init; }
        public bool Unreached { get; init; }
    }
}

internal static class ReadMemberDispatchHandler
{
    public static async Task<MemberDispatch> HandleAsync(ReadMemberDispatch query, BillingDb db, CancellationToken ct)
    {
        var parameters = new { member = query.Member.Value };
        var connection = await db.ConnectionAsync(ct);
        var routes = await connection.QuerySingleOrDefaultAsync<string?>(
            new CommandDefinition(
                "select coalesce(c.routes, 'automatic') from billing.account a left join billing.delivery_choice c on c.account_id = a.id where a.member_id = @member",
                parameters,
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new MemberDispatch(
            routes is not null,
            routes is null ? DeliveryChoice.Automatic : EnumText.Parse<DeliveryChoice>(routes),
            (
                await connection.QueryAsync<WaitingDocument>(
                    new CommandDefinition(
                        """
                        select d.number as "Number", case when w.by_mail then 'Mail' when w.by_paper then 'Paper' else 'Nobody' end as "For"
                          from billing.delivery_waiting w join billing.deliverable d on d.document_id = w.document_id join billing.account a on a.id = d.account_id
                         where a.member_id = @member order by d.number desc limit 200
                        """,
                        parameters,
                        db.Transaction,
                        cancellationToken: ct
                    )
                )
            ).AsList(),
            await DeliveryProofs.ReadAsync(db, "a.member_id = @member", parameters, 200, ct)
        );
    }
}
