using System.Text.Json.Serialization;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Dues.Calculation;

/// <summary>
/// One step of a calculation: which paragraph, what it computed, what it came to. Frozen with the charge as data, without
/// words, so that it can be told in any language (<see cref="StepTexts"/>).
/// </summary>
/// <param name="Paragraph">„§ 2“.</param>
/// <param name="Exact">The value before rounding.</param>
/// <param name="Amount">The value after this step, rounded half away from zero.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(FlatStep), "flat")]
[JsonDerivedType(typeof(BandStep), "band")]
[JsonDerivedType(typeof(RateStep), "rate")]
[JsonDerivedType(typeof(LimitStep), "limit")]
[JsonDerivedType(typeof(ReductionStep), "reduction")]
[JsonDerivedType(typeof(MonthsStep), "months")]
[JsonDerivedType(typeof(AdmissionStep), "admission")]
[JsonDerivedType(typeof(LevyStep), "levy")]
internal abstract record DuesStep(string Paragraph, decimal Exact, Money Amount);

/// <summary>A fixed yearly amount.</summary>
internal sealed record FlatStep(string Paragraph, decimal Exact, Money Amount) : DuesStep(Paragraph, Exact, Amount);

/// <summary>The amount of a band, with what units above a threshold add.</summary>
/// <param name="Paragraph">„§ 2“.</param>
/// <param name="Exact">Before rounding.</param>
/// <param name="Amount">After it.</param>
/// <param name="Value">The value that decided.</param>
/// <param name="From">Start of the band.</param>
/// <param name="To">End of the band; null when open.</param>
/// <param name="BandAmount">What the band owes.</param>
/// <param name="Units">Units above the threshold; 0 without such a part.</param>
/// <param name="UnitRate">Euro for each of them.</param>
internal sealed record BandStep(
    string Paragraph,
    decimal Exact,
    Money Amount,
    MeasuredValue Value,
    int From,
    int? To,
    Money BandAmount,
    int Units,
    decimal UnitRate
) : DuesStep(Paragraph, Exact, Amount);

/// <summary>A rate times a value.</summary>
internal sealed record RateStep(string Paragraph, decimal Exact, Money Amount, MeasuredValue Value, decimal Rate) : DuesStep(Paragraph, Exact, Amount);

/// <summary>A minimum or maximum that took effect.</summary>
/// <param name="Paragraph">„§ 2“.</param>
/// <param name="Exact">The limit.</param>
/// <param name="Amount">The limit.</param>
/// <param name="IsMinimum">„mindestens“; otherwise „höchstens“.</param>
internal sealed record LimitStep(string Paragraph, decimal Exact, Money Amount, bool IsMinimum) : DuesStep(Paragraph, Exact, Amount);

/// <summary>A reduction by resolution.</summary>
/// <param name="Paragraph">„§ 5“.</param>
/// <param name="Exact">Before rounding.</param>
/// <param name="Amount">What remains.</param>
/// <param name="Before">What it was applied to.</param>
/// <param name="Percent">By how much.</param>
/// <param name="Reference">The resolution; null when it was not given.</param>
internal sealed record ReductionStep(string Paragraph, decimal Exact, Money Amount, Money Before, decimal Percent, string? Reference)
    : DuesStep(Paragraph, Exact, Amount);

/// <summary>Entry in the course of the year.</summary>
/// <param name="Paragraph">„§ 3“.</param>
/// <param name="Exact">Before rounding.</param>
/// <param name="Amount">What the months owe.</param>
/// <param name="Before">The amount of a whole year.</param>
/// <param name="JoinedOn">Day of entry; its month counts.</param>
/// <param name="Months">1 … 11.</param>
internal sealed record MonthsStep(string Paragraph, decimal Exact, Money Amount, Money Before, DateOnly JoinedOn, int Months)
    : DuesStep(Paragraph, Exact, Amount);

/// <summary>The fee of an admission, by resolution; no paragraph of the regulation.</summary>
internal sealed record AdmissionStep(string Paragraph, decimal Exact, Money Amount, DateOnly JoinedOn) : DuesStep(Paragraph, Exact, Amount);

/// <summary>A levy, by resolution; no paragraph of the regulation.</summary>
internal sealed record LevyStep(string Paragraph, decimal Exact, Money Amount) : DuesStep(Paragraph, Exact, Amount);

/// <summary>An input of the calculation.</summary>
/// <param name="Measure">Code: <c>beds</c>.</param>
/// <param name="Value">0 or more.</param>
/// <param name="AsOf">The day to which it refers; null in a mere calculation.</param>
internal sealed record MeasuredValue(string Measure, int Value, DateOnly? AsOf = null);
