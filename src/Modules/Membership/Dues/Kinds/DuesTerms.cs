using System.Text.Json;
using Association.Membership.Dues.Regulation;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Dues.Kinds;

/// <summary>What a run beside the annual dues charges: an admission fee or a levy, with the resolution behind it. Kept with the run.</summary>
/// <param name="Amount">Of every category that <paramref name="Amounts"/> does not name; null: those are not charged.</param>
/// <param name="Amounts">By code of the category; zero charges nothing.</param>
/// <param name="DueOn">Of a levy; an admission fee is due with the admission.</param>
/// <param name="Resolution">Who decided it, when, and in which words.</param>
internal sealed record DuesTerms(Money? Amount, IReadOnlyDictionary<string, Money> Amounts, DateOnly? DueOn, Resolution Resolution)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new MoneyJsonConverter() } };

    /// <summary>What a member of the category owes.</summary>
    public Money Of(string category) => Amounts.TryGetValue(category, out var own) ? own : Amount ?? Money.Zero;

    /// <summary>Whether both say the same in the same words.</summary>
    public bool SaysTheSameAs(DuesTerms other) =>
        Amount == other.Amount
        && DueOn == other.DueOn
        && Resolution == other.Resolution
        && Amounts.Count == other.Amounts.Count
        && Amounts.All(own => other.Amounts.TryGetValue(own.Key, out var amount) && amount == own.Value);

    public static DuesTerms Read(string json) => JsonSerializer.Deserialize<DuesTerms>(json, Json)!;

    public string Write() => JsonSerializer.Serialize(this, Json);
}
