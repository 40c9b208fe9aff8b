using System.Globalization;
using System.Resources;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Dues.Calculation;

/// <summary>Tells steps in words and formulas, in a language that need not be the reader's: a document speaks its recipient's.</summary>
internal static class StepTexts
{
    private static readonly ResourceManager Texts = new(typeof(DuesTexts));

    /// <summary>The culture in which <c>de</c>, <c>fr</c> or <c>en</c> is written here; German for anything else.</summary>
    public static CultureInfo Culture(string language) =>
        language switch
        {
            "fr" => French,
            "en" => English,
            _ => German,
        };

    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-IE");

    /// <summary>„640 Planbetten (Stand 31.12.2026): 5.200,00 € + 40 × 1,10 €“.</summary>
    public static string Describe(DuesStep step, string language)
    {
        var culture = Culture(language);
        return step switch
        {
            FlatStep => Text("Step.Flat", culture),
            BandStep { Units: > 0 } s => Text(
                "Step.BandWithUnits",
                culture,
                Value(s.Value, culture),
                Amount(s.BandAmount, culture),
                Number(s.Units, culture),
                Rate(s.UnitRate, culture)
            ),
            BandStep { To: null } s => Text("Step.BandOpen", culture, Value(s.Value, culture), Number(s.From, culture)),
            BandStep { From: 0 } s => Text("Step.BandUpTo", culture, Value(s.Value, culture), Number(s.To!.Value, culture)),
            BandStep s => Text("Step.Band", culture, Value(s.Value, culture), Number(s.From, culture), Number(s.To!.Value, culture)),
            RateStep s => Text("Step.Rate", culture, Value(s.Value, culture), Rate(s.Rate, culture)),
            LimitStep { IsMinimum: true } s => Text("Step.Minimum", culture, Amount(s.Amount, culture)),
            LimitStep s => Text("Step.Maximum", culture, Amount(s.Amount, culture)),
            ReductionStep { Reference: { } reference } s => Text(
                "Step.ReductionBy",
                culture,
                Percent(s.Percent, culture),
                reference,
                Amount(s.Before, culture),
                Percent(100m - s.Percent, culture)
            ),
            ReductionStep s => Text("Step.Reduction", culture, Percent(s.Percent, culture), Amount(s.Before, culture), Percent(100m - s.Percent, culture)),
            MonthsStep s => Text("Step.Months", culture, Date(s.JoinedOn, culture), Number(s.Months, culture), Amount(s.Before, culture)),
            AdmissionStep s => Text("Step.Admission", culture, Date(s.JoinedOn, culture)),
            LevyStep => Text("Step.Levy", culture),
            _ => throw new InvalidOperationException($"Unknown step {step.GetType().Name}."),
        };
    }

    /// <summary>„Beitragsordnung vom 12.11.2026“.</summary>
    public static string Regulation(DateOnly resolvedOn, string language) => Text("Regulation.Of", Culture(language), Date(resolvedOn, Culture(language)));

    /// <summary>„Beschluss vom 12.11.2026 (Mitgliederversammlung)“.</summary>
    public static string Resolution(Regulation.Resolution resolution, string language) =>
        Text("Run.Resolution", Culture(language), Date(resolution.On, Culture(language)), resolution.Body);

    /// <summary>„Planbetten“.</summary>
    public static string Measure(string measure, string language) => Text("Measure." + measure, Culture(language));

    /// <summary>„je Planbett“.</summary>
    public static string PerUnit(string measure, string language) => Text($"Measure.{measure}.Per", Culture(language));

    /// <summary>„1 Planbett“, „640 Planbetten“.</summary>
    public static string Count(string measure, int value, CultureInfo culture) => Text($"Measure.{measure}.Count", culture, new Count(value));

    /// <summary>„Ermäßigung um 50 % endete am 31.12.2026“.</summary>
    public static string ReductionEnded(decimal percent, int lastYear, string language) =>
        Text("Reason.ReductionEnded", Culture(language), Percent(percent, Culture(language)), Date(new DateOnly(lastYear, 12, 31), Culture(language)));

    /// <summary>„42.148 Einwohner, Satz 0,052 € statt 0,043 €“.</summary>
    public static string OtherRate(RateStep now, decimal before, string language) =>
        Text(
            "Reason.OtherRate",
            Culture(language),
            Count(now.Value.Measure, now.Value.Value, Culture(language)),
            Rate(now.Rate, Culture(language)),
            Rate(before, Culture(language))
        );

    /// <summary>„610 statt 588 Planbetten: nächste Stufe“.</summary>
    public static string OtherValue(MeasuredValue now, int before, bool nextBand, string language) =>
        Text(
            nextBand ? "Reason.NextBand" : "Reason.OtherValue",
            Culture(language),
            Number(now.Value, Culture(language)),
            Count(now.Measure, before, Culture(language))
        );

    /// <summary>The value before rounding, with as many decimals as it has, at least two: „262,625“.</summary>
    public static string Exact(decimal exact, string language) => exact.ToString("#,##0.00########", Culture(language));

    private static string Value(MeasuredValue value, CultureInfo culture) =>
        value.AsOf is { } day
            ? Text("Step.ValueAsOf", culture, Count(value.Measure, value.Value, culture), Date(day, culture))
            : Count(value.Measure, value.Value, culture);

    private static string Number(int number, CultureInfo culture) => number.ToString("N0", culture);

    private static string Date(DateOnly day, CultureInfo culture) => day.ToString("d", culture);

    private static string Amount(Money amount, CultureInfo culture) => Euro(amount.Amount.ToString("N2", culture), culture);

    private static string Percent(decimal percent, CultureInfo culture) => Text("Step.Percent", culture, percent.ToString("0.##", culture));

    // With as many decimals as the rate has.
    private static string Rate(decimal rate, CultureInfo culture) => Euro(rate.ToString("#,##0.00####", culture), culture);

    // Number and sign never part at the end of a line.
    private static string Euro(string number, CultureInfo culture) => culture == English ? $"€{number}" : $"{number}\u00a0€";

    private static string Text(string key, CultureInfo culture, params object[] values) =>
        string.Format(culture, Texts.GetString(key, culture) ?? throw new MissingManifestResourceException($"{nameof(DuesTexts)} lacks '{key}'."), values);
}
