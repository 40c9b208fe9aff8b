using System.Text.Json.Serialization;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Dues.Regulation;

/// <summary>What the members of one category owe for a whole year, before any reduction.</summary>
/// <param name="Category">Code of the category: <c>hospital</c>.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FlatRule), "flat")]
[JsonDerivedType(typeof(BandRule), "bands")]
[JsonDerivedType(typeof(RateRule), "rate")]
internal abstract record DuesRule(string Category)
{
    /// <summary>Code of the value that the rule needs (<c>beds</c>, <c>employees</c>, <c>inhabitants</c>); null when it needs none.</summary>
    [JsonIgnore]
    public virtual string? NeededMeasure => null;
}

/// <summary>The same amount for everyone.</summary>
internal sealed record FlatRule(string Category, Money Amount) : DuesRule(Category);

/// <summary>An amount by the band into which a value falls.</summary>
/// <param name="Category">Code of the category.</param>
/// <param name="Measure">The value that decides.</param>
/// <param name="Bands">In ascending order, from 0 to open end, without gap or overlap (<see cref="RegulationFaults"/>).</param>
internal sealed record BandRule(string Category, string Measure, IReadOnlyList<DuesBand> Bands) : DuesRule(Category)
{
    public override string? NeededMeasure => Measure;

    /// <summary>The band into which a value falls.</summary>
    public DuesBand BandOf(int value) => Bands.First(b => b.Contains(value));
}

/// <summary>A band of values with its amount; both ends belong to it.</summary>
/// <param name="From">Smallest value.</param>
/// <param name="To">Largest value; null when open.</param>
/// <param name="Amount">What the band owes.</param>
/// <param name="PerUnit">What each unit above a threshold adds; null without.</param>
internal sealed record DuesBand(int From, int? To, Money Amount, UnitPart? PerUnit = null)
{
    public bool Contains(int value) => value >= From && (To is null || value <= To);
}

/// <summary>„zuzüglich 1,10 € je Bett über 600, höchstens 7.500,00 €“.</summary>
/// <param name="Above">Units above this number count.</param>
/// <param name="Rate">Euro a unit; may have fractions of a cent.</param>
/// <param name="Maximum">The most that band and units owe together; null without limit.</param>
internal sealed record UnitPart(int Above, decimal Rate, Money? Maximum);

/// <summary>A rate times a value, between a minimum and a maximum.</summary>
/// <param name="Category">Code of the category.</param>
/// <param name="Measure">The value.</param>
/// <param name="Rate">Euro a unit; may have fractions of a cent.</param>
/// <param name="Minimum">The least; null without.</param>
/// <param name="Maximum">The most; null without.</param>
internal sealed record RateRule(string Category, string Measure, decimal Rate, Money? Minimum, Money? Maximum) : DuesRule(Category)
{
    public override string? NeededMeasure => Measure;
}
