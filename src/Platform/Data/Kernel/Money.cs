using System.Globalization;

namespace Association.Platform.Data.Kernel;

/// <summary>An amount in euro with two decimals; stored as <c>numeric(14,2)</c>.</summary>
/// <remarks>
/// The only place where amounts are rounded: half away from zero (kaufmännisch), each line by itself, so that a total
/// is always the sum of the lines a person sees.
/// </remarks>
public readonly record struct Money : IComparable<Money>
{
    /// <summary>The largest amount the books take: 999,999,999,999.99 euro.</summary>
    public static readonly Money Max = new(999_999_999_999.99m);

    /// <summary>No euro, no cent.</summary>
    public static readonly Money Zero;

    /// <summary>Takes an amount that already has at most two decimals.</summary>
    /// <exception cref="ArgumentException">The amount has fractions of a cent: round it with <see cref="Round"/>.</exception>
    public Money(decimal amount)
    {
        if (decimal.Round(amount, 2) != amount)
            throw new ArgumentException("An amount has at most two decimals; round it first.", nameof(amount));
        Amount = amount;
    }

    /// <summary>Euro, two decimals.</summary>
    public decimal Amount { get; }

    /// <summary>Rounds to the cent, half away from zero.</summary>
    public static Money Round(decimal amount) => new(decimal.Round(amount, 2, MidpointRounding.AwayFromZero));

    /// <summary>The sum; zero of nothing.</summary>
    public static Money Sum(IEnumerable<Money> amounts) => new(amounts.Sum(a => a.Amount));

    /// <inheritdoc/>
    public int CompareTo(Money other) => Amount.CompareTo(other.Amount);

    /// <summary>Always <c>1234.56</c>, for files and messages; pages format with their culture.</summary>
    public override string ToString() => Amount.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Adds.</summary>
    public static Money operator +(Money a, Money b) => new(a.Amount + b.Amount);

    /// <summary>Subtracts.</summary>
    public static Money operator -(Money a, Money b) => new(a.Amount - b.Amount);

    /// <summary>The opposite amount.</summary>
    public static Money operator -(Money a) => new(-a.Amount);

    /// <summary>Less.</summary>
    public static bool operator <(Money a, Money b) => a.Amount < b.Amount;

    /// <summary>More.</summary>
    public static bool operator >(Money a, Money b) => a.Amount > b.Amount;

    /// <summary>At most.</summary>
    public static bool operator <=(Money a, Money b) => a.Amount <= b.Amount;

    /// <summary>At least.</summary>
    public static bool operator >=(Money a, Money b) => a.Amount >= b.Amount;
}
