using System.Globalization;
using Association.Platform.Web.Components;
using Association.Platform.Web.Localisation;

namespace Association.Membership.Dues.Regulation.Editing;

/// <summary>The form of a rule as it was typed, readable or not: bands are added, split and removed in it before anything is saved.</summary>
internal sealed class TypedRule
{
    public const string Flat = "flat";
    public const string BandKind = "bands";
    public const string PerUnit = "rate";

    /// <summary>Which fields are shown.</summary>
    public string Kind { get; set; } = Flat;
    public string Measure { get; set; } = "beds";
    public List<TypedBand> Bands { get; } = [];

    /// <summary>A stored rule; an empty form of the fitting kind when there is none.</summary>
    public static TypedRule Of(DuesRule? rule)
    {
        var typed = new TypedRule
        {
            Kind = rule switch
            {
                BandRule => BandKind,
                RateRule => PerUnit,
                _ => Flat,
            },
            Measure = rule?.NeededMeasure ?? "beds",
        };
        if (rule is BandRule bands)
            typed.Bands.AddRange(bands.Bands.Select(TypedBand.Of));
        typed.Complete();
        return typed;
    }

    /// <summary>What the form posts.</summary>
    public static TypedRule Read(FormPost post)
    {
        var typed = new TypedRule { Kind = post.Text("Kind"), Measure = post.Text("Measure") };
        for (var i = 0; post.Raw(FaultTexts.Field(i, RulePart.From)) is not null; i++)
            typed.Bands.Add(TypedBand.Read(post, i));
        return typed;
    }

    /// <summary>A button of the form: <c>kind</c>, <c>add</c>, <c>split:2</c>, <c>remove:2</c>.</summary>
    /// <returns>False when the button saves.</returns>
    public bool Apply(string button)
    {
        var parts = button.Split(':');
        var place =
            parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < Bands.Count ? number : -1;
        switch (parts[0])
        {
            case "add":
                Bands.Add(TypedBand.Empty);
                break;
            case "split" when place >= 0:
                (Bands[place], var second) = Bands[place].Split();
                Bands.Insert(place + 1, second);
                break;
            case "remove" when place >= 0:
                Bands.RemoveAt(place);
                break;
            case "kind":
                break;
            default:
                return false;
        }
        Complete();
        return true;
    }

    /// <summary>The rule; problems stand at their fields. Null when something cannot be read. Bands come in ascending order, in the form as well.</summary>
    public DuesRule? Parse(string category, FormPost post)
    {
        DuesRule? rule = Kind switch
        {
            BandKind => Banded(category, post),
            PerUnit => new RateRule(
                category,
                Measure,
                post.Rate(nameof(RulePart.Rate)),
                post.MoneyOrNull(nameof(RulePart.Minimum)),
                post.MoneyOrNull(nameof(RulePart.Maximum))
            ),
            _ => new FlatRule(category, post.Money(nameof(RulePart.Amount))),
        };
        return post.Problems.Count == 0 ? rule : null;
    }

    private BandRule Banded(string category, FormPost post)
    {
        var read = Bands.Select((typed, i) => (Typed: typed, Band: typed.IsEmpty ? null : typed.Parse(post, i))).Where(b => b.Band is not null).ToList();
        if (post.Problems.Count > 0)
            return new BandRule(category, Measure, []);
        var ordered = read.OrderBy(b => b.Band!.From).ToList();
        Bands.Clear();
        Bands.AddRange(ordered.Select(b => b.Typed));
        Complete();
        return new BandRule(category, Measure, [.. ordered.Select(b => b.Band!)]);
    }

    // There is always a line to type into.
    private void Complete()
    {
        if (Kind == BandKind && Bands.Count == 0)
            Bands.Add(TypedBand.Empty with { From = "0" });
    }
}

/// <summary>A line of the form.</summary>
internal sealed record TypedBand(string From, string To, string Amount, string Above, string Rate, string Maximum)
{
    public static readonly TypedBand Empty = new("", "", "", "", "", "");

    public bool IsEmpty => this == Empty;

    public static TypedBand Of(DuesBand band) =>
        new(
            Formats.Number(band.From),
            band.To is { } to ? Formats.Number(to) : "",
            Formats.Typed(band.Amount),
            band.PerUnit is { } part ? Formats.Number(part.Above) : "",
            band.PerUnit is { } rated ? Formats.Number(rated.Rate, 2) : "",
            band.PerUnit?.Maximum is { } most ? Formats.Typed(most) : ""
        );

    public static TypedBand Read(FormPost post, int place)
    {
        return new(Part(RulePart.From), Part(RulePart.To), Part(RulePart.Amount), Part(RulePart.Above), Part(RulePart.Rate), Part(RulePart.Maximum));

        string Part(RulePart part) => post.Text(FaultTexts.Field(place, part));
    }

    public string Of(RulePart part) =>
        part switch
        {
            RulePart.From => From,
            RulePart.To => To,
            RulePart.Amount => Amount,
            RulePart.Above => Above,
            RulePart.Rate => Rate,
            _ => Maximum,
        };

    /// <summary>Two bands for one: divided in the middle, or where the person types it when the band has no end.</summary>
    public (TypedBand First, TypedBand Second) Split()
    {
        if (!Whole(From, out var from) || !Whole(To, out var to) || to <= from)
            return (this with { To = "" }, this with { From = "" });
        var middle = from + (to - from) / 2;
        return (this with { To = Formats.Number(middle) }, this with { From = Formats.Number(middle + 1) });
    }

    /// <summary>The band; problems stand at their fields.</summary>
    public DuesBand Parse(FormPost post, int place)
    {
        var (aboveField, rateField) = (FaultTexts.Field(place, RulePart.Above), FaultTexts.Field(place, RulePart.Rate));
        var maximum = post.MoneyOrNull(FaultTexts.Field(place, RulePart.Maximum));
        // A unit part is complete or not there at all.
        var hasUnitPart = Above.Length + Rate.Length > 0 || maximum is not null;
        return new DuesBand(
            post.Whole(FaultTexts.Field(place, RulePart.From)),
            post.WholeOrNull(FaultTexts.Field(place, RulePart.To)),
            post.Money(FaultTexts.Field(place, RulePart.Amount)),
            hasUnitPart ? new UnitPart(post.Whole(aboveField), post.Rate(rateField), maximum) : null
        );
    }

    private static bool Whole(string text, out int number)
    {
        number = 0;
        if (!TypedInput.TryNumber(text, out var typed) || decimal.Truncate(typed) != typed || Math.Abs(typed) > int.MaxValue)
            return false;
        number = (int)typed;
        return true;
    }
}
