using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Preview;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Regulation;

/// <summary>Reads a rule aloud, a line a band, as the printed regulation does.</summary>
internal static class RuleTexts
{
    public static IEnumerable<string> Describe(DuesRule rule, IStringLocalizer<DuesTexts> texts) =>
        rule switch
        {
            FlatRule flat => [Formats.Of(flat.Amount)],
            BandRule bands => bands.Bands.Select(b => Band(b, bands.Measure, texts)),
            RateRule rate =>
            [
                Joined([
                    $"{Euro(rate.Rate)} {StepTexts.PerUnit(rate.Measure, DuesReading.Language)}",
                    Limit("Rule.Minimum", rate.Minimum, texts),
                    Limit("Rule.Maximum", rate.Maximum, texts),
                ]),
            ],
            _ => [],
        };

    private static string Band(DuesBand band, string measure, IStringLocalizer<DuesTexts> texts)
    {
        var range = band switch
        {
            { To: null } => texts["Rule.From", Formats.Number(band.From), Formats.Of(band.Amount)],
            { From: 0 } => texts["Rule.UpTo", Formats.Number(band.To.Value), Formats.Of(band.Amount)],
            _ => texts["Rule.Band", Formats.Number(band.From), Formats.Number(band.To.Value), Formats.Of(band.Amount)],
        };
        return band.PerUnit is { } part
            ? Joined([
                texts["Rule.PerUnit", range.Value, Euro(part.Rate), StepTexts.PerUnit(measure, DuesReading.Language), Formats.Number(part.Above)],
                Limit("Rule.Maximum", part.Maximum, texts),
            ])
            : range;
    }

    private static string? Limit(string key, Money? limit, IStringLocalizer<DuesTexts> texts) =>
        limit is { } amount ? texts[key, Formats.Of(amount)].Value : null;

    private static string Joined(IEnumerable<string?> parts) => string.Join(", ", parts.Where(p => p is not null));

    // A rate may have fractions of a cent.
    private static string Euro(decimal rate) => Formats.Number(rate, 2) + "\u00a0€";
}
