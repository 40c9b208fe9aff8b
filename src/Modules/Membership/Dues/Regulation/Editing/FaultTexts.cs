using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Preview;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Regulation.Editing;

/// <summary>Tells a fault with its place and what to do: „Krankenhausträger, Staffel ab 104 Planbetten: Für 100 bis 103 gibt es keine Stufe. …“.</summary>
internal static class FaultTexts
{
    /// <summary>The fault at the field of the rule's form.</summary>
    public static Problem Problem(RegulationFault fault, DuesRule rule, string category, IStringLocalizer<RegulationTexts> texts) =>
        new(Field(fault), texts["Fault.At", Place(fault, rule, category, texts), Text(fault, texts)]);

    /// <summary>The field of a band's part: <c>Bands[2].From</c>.</summary>
    public static string Field(int band, RulePart part) => $"Bands[{band}].{part}";

    private static string Field(RegulationFault fault) =>
        fault switch
        {
            { Band: { } band, Part: { } part } => Field(band, part),
            { Part: { } part } => part.ToString(),
            { Kind: FaultKind.NoBand } => Field(0, RulePart.From),
            _ => "",
        };

    private static string Place(RegulationFault fault, DuesRule rule, string category, IStringLocalizer<RegulationTexts> texts) =>
        fault.Band is { } band && rule is BandRule bands
            ? texts["Fault.Band", category, Formats.Number(bands.Bands[band].From), StepTexts.Measure(bands.Measure, DuesReading.Language)]
            : category;

    private static string Text(RegulationFault fault, IStringLocalizer<RegulationTexts> texts) =>
        fault switch
        {
            { Kind: FaultKind.Gap or FaultKind.Overlap } when fault.From == fault.To => texts[$"Fault.{fault.Kind}.Single", Formats.Number(fault.From)],
            { Kind: FaultKind.Gap } => texts["Fault.Gap", Formats.Number(fault.From), Formats.Number(fault.To)],
            { Kind: FaultKind.Overlap } => texts["Fault.Overlap", Formats.Number(fault.From), Formats.Number(fault.To)],
            { Kind: FaultKind.Negative, Part: { } part } => texts["Fault.Negative", texts["Part." + part]],
            { Kind: FaultKind.TooLarge, Part: { } part } => texts["Fault.TooLarge", texts["Part." + part], Formats.Number(Largest(part))],
            { Kind: FaultKind.TooManyDecimals } => texts["Fault.TooManyDecimals", RegulationFaults.RateDecimals],
            _ => texts[$"Fault.{fault.Kind}"],
        };

    private static decimal Largest(RulePart part) => part is RulePart.Rate ? RegulationFaults.LargestRate : DuesCalculator.LargestValue;
}
