using Association.Platform.Data.Approvals;
using Association.Platform.Data.Users;

namespace Association.Office.Settings.Accounts;

/// <summary>Another account or creditor id that somebody proposed.</summary>
internal sealed record BankDetailsProposal : INeedsApproval
{
    public Guid Id { get; init; }

    public string BankName { get; init; } = "";

    public string Iban { get; init; } = "";

    public string Bic { get; init; } = "";

    public string CreditorId { get; init; } = "";

    public string Reason { get; init; } = "";

    /// <summary><c>open</c>, <c>confirmed</c>, <c>refused</c> or <c>withdrawn</c>.</summary>
    public string State { get; init; } = "";

    public DateTime ProposedAt { get; init; }

    public string ProposedBy { get; init; } = "";

    /// <summary>Null: the command line.</summary>
    public Guid? ProposedById { get; init; }

    public DateTime? DecidedAt { get; init; }

    public string? DecidedBy { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? Refusal { get; init; }

    /// <summary>Who proposed, as the database signed it; it signs the decision, too.</summary>
    public Approval Approval =>
        Approval.Asked(ProposedById is { } by ? UserId.From(by) : null, ProposedBy, new DateTimeOffset(ProposedAt)) is var asked && State == "refused"
            ? asked.AsRefused(DecidedBy!, new DateTimeOffset(DecidedAt!.Value), Refusal!)
            : asked;
}

/// <summary>An account besides the one that stands on invoices.</summary>
internal sealed record BankAccount
{
    public string Iban { get; init; } = "";

    public string BankName { get; init; } = "";

    public string Bic { get; init; } = "";

    public string Purpose { get; init; } = "";
}
