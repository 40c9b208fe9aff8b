using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Charges;
using Association.Membership.Dues.Kinds;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Corrections;

/// <summary>A charge beside what the member's present data come to, and how its invoice stands.</summary>
/// <param name="Charge">As charged.</param>
/// <param name="Invoice">Null while it has none.</param>
/// <param name="Regulation">The version valid in the year; null without one.</param>
/// <param name="Now">As it would be charged now, by the regulation or under the same terms; null when it cannot be calculated.</param>
/// <param name="Last">The correction that was asked for last, in whatever state; null without.</param>
internal sealed record CorrectionFacts(ChargedOnce Charge, InvoicedCharge? Invoice, DuesRegulation? Regulation, DuesRow? Now, DuesCorrection? Last)
{
    /// <summary>The live correction; null without.</summary>
    public DuesCorrection? Correction => Last is { State: not CorrectionState.Withdrawn } ? Last : null;

    /// <summary>What was paid and goes to the new invoice.</summary>
    public Money SetOff =>
        Invoice is null || Now is null ? Money.Zero
        : Invoice.Paid < Now.Amount ? Invoice.Paid
        : Now.Amount;

    /// <summary>What is to be paid on the new invoice.</summary>
    public Money Open => Now is null ? Money.Zero : Now.Amount - SetOff;

    /// <summary>What becomes the member's credit.</summary>
    public Money Credit => Invoice is null ? Money.Zero : Invoice.Paid - SetOff;

    /// <summary>What the office's limit is held against: the greater of what was charged and what is charged now.</summary>
    public Money Greater => Now is { } now && now.Amount > Charge.Amount ? now.Amount : Charge.Amount;

    /// <summary>Why this charge cannot be corrected; null when it can.</summary>
    public string? Obstacle(IStringLocalizer<CorrectionTexts> texts) =>
        this switch
        {
            { Correction: { State: CorrectionState.Requested } c } => texts["Problem.Requested", c.Invoice, c.Approval.AskedByName!].Value,
            { Correction: { } c } => texts["Problem.Corrected", c.Invoice, c.Approval.AskedByName!].Value,
            { Invoice: null } => texts["Problem.NotInvoiced"].Value,
            { Invoice: { CancelledBy: { } by } i } => texts["Problem.Cancelled", i.Number, by].Value,
            { Charge.Voided: true } => texts["Problem.Cancelled", Invoice.Number, "–"].Value,
            { Invoice: { Forgiven.Amount: > 0 } i } => texts["Problem.Forgiven", i.Number].Value,
            { Regulation: null } or { Now: null } => texts["Problem.NoRegulation", Charge.Year].Value,
            { Now.Outcome: DuesOutcome.MissingInput } => texts["Problem.MissingInput", Charge.Year].Value,
            { Now: { } now } when now.Amount == Charge.Amount && !IsAnotherAdmission(now) => texts[
                "Problem.SameAmount." + EnumText.Of(Charge.Kind),
                Formats.Of(now.Amount)
            ].Value,
            _ => null,
        };

    // The day of the admission was wrong: charged anew it is the fee of the right day, which no later run then charges a second time.
    private bool IsAnotherAdmission(DuesRow now) => now.Outcome == DuesOutcome.Owes && ChargeStore.PeriodOf(Charge.Kind, Charge.Year, now) != Charge.Period;

    /// <summary>Reads them; null when there is no such charge.</summary>
    public static async Task<CorrectionFacts?> ReadAsync(MembershipDb db, IInvoicedCharges invoices, ChargeId id, CancellationToken ct)
    {
        var found = await DuesReading.QueryAsync<(
            Guid Member,
            string Number,
            string Name,
            string Kind,
            int Period,
            int Year,
            decimal Amount,
            string Steps,
            bool Voided,
            string? Terms
        )>(
            db,
            """
            select c.member_id, m.number, m.name, c.kind, c.period, coalesce(r.year, k.year, c.period), c.amount, c.steps::text, c.voided_at is not null,
              coalesce(r.terms, k.terms)::text
              from membership.charge c join membership.member m on m.id = c.member_id
              left join membership.dues_run r on r.id = c.run_id left join membership.dues_correction k on k.replacement_id = c.id
             where c.id = @Id
            """,
            new { Id = id.Value },
            ct
        );
        if (found is not [var c])
            return null;
        var charge = new ChargedOnce(
            id,
            MemberId.From(c.Member),
            c.Number,
            c.Name,
            EnumText.Parse<DuesKind>(c.Kind),
            c.Period,
            c.Year,
            new Money(c.Amount),
            ChargeStore.ReadSteps(c.Steps),
            c.Voided,
            c.Terms is null ? null : DuesTerms.Read(c.Terms)
        );
        var regulation = await Regulations.ValidInAsync(db, charge.Year, ct);
        var now = regulation is null ? null : await KindCandidates.OfMemberAsync(db, regulation, charge.Kind, charge.Year, charge.Terms, charge.Member, ct);
        return new CorrectionFacts(charge, await invoices.OfChargeAsync(id, ct), regulation, now, await DuesCorrections.LastAsync(db, id, ct));
    }
}

/// <summary>A charge with its member, and the terms under which it was charged where those are not the regulation's.</summary>
internal sealed record ChargedOnce(
    ChargeId Id,
    MemberId Member,
    string Number,
    string Name,
    DuesKind Kind,
    int Period,
    int Year,
    Money Amount,
    IReadOnlyList<DuesStep> Steps,
    bool Voided,
    DuesTerms? Terms
);

/// <summary>A charge that may be wrong, its invoice, and what it should be; null when there is no such charge.</summary>
[Permission(DuesFeature.Read)]
internal sealed record ReadCorrection(ChargeId Charge) : IQuery<CorrectionFacts?>;

internal static class ReadCorrectionHandler
{
    public static Task<CorrectionFacts?> HandleAsync(ReadCorrection query, MembershipDb db, IInvoicedCharges invoices, CancellationToken ct) =>
        CorrectionFacts.ReadAsync(db, invoices, query.Charge, ct);
}

/// <summary>The charge behind an invoice; null when there is no such invoice.</summary>
[Permission(DuesFeature.Read)]
internal sealed record FindChargeOfInvoice(string Number) : IQuery<ChargeId?>;

internal static class FindChargeOfInvoiceHandler
{
    public static async Task<ChargeId?> HandleAsync(FindChargeOfInvoice query, IInvoicedCharges invoices, CancellationToken ct) =>
        (await invoices.OfNumberAsync(query.Number, ct))?.Charge;
}
