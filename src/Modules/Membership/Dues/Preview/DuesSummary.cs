using Association.Membership.Contracts;
using Association.Membership.Dues.Calculation;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Dues.Preview;

/// <summary>The figures and lists of a run, gathered row by row in one pass.</summary>
/// <param name="faults">Members whose documents do not arrive as they should; null when nobody asks.</param>
internal sealed class DuesSummary(IReadOnlyDictionary<MemberId, RecipientFault>? faults = null)
{
    private readonly Dictionary<string, CategorySum> _categories = new(StringComparer.Ordinal);
    private readonly SortedDictionary<DateOnly, int> _dueDates = [];
    private readonly Dictionary<(DateOnly, string), int> _otherDates = [];

    /// <summary>Members that are charged.</summary>
    public int Charges { get; private set; }

    /// <summary>The sum of what they owe.</summary>
    public Money Total { get; private set; }

    /// <summary>Last year's dues of the same members, for a full year each.</summary>
    public Money LastYear { get; private set; }

    public int ByDirectDebit { get; private set; }
    public int Higher { get; private set; }
    public int Equal { get; private set; }
    public int Lower { get; private set; }
    public int AlreadyCharged { get; private set; }

    /// <summary>Members that join in the course of the year and owe only its months from then on.</summary>
    public int PartYear { get; private set; }

    /// <summary>Members that join in the year.</summary>
    public List<DuesRow> Newcomers { get; } = [];

    /// <summary>What those without a value owed last year.</summary>
    public Money MissingLastYear { get; private set; }

    public IReadOnlyList<CategorySum> Categories => [.. _categories.Values];
    public List<DuesRow> Increases { get; } = [];
    public List<DuesRow> Missing { get; } = [];

    /// <summary>Of the charged members: those whose document goes to the wrong place, or cannot be printed.</summary>
    public List<RecipientFault> Recipients { get; } = [];

    public List<DuesRow> Exempt { get; } = [];
    public List<DuesRow> NotLiable { get; } = [];

    /// <summary>The regulation's due dates with the number of charges each; several only when members join later.</summary>
    public IReadOnlyDictionary<DateOnly, int> DueDates => _dueDates;

    /// <summary>Values as of another day than the regulation's, by day and by who accepted them.</summary>
    public IReadOnlyList<OtherDate> OtherDates => [.. _otherDates.Select(o => new OtherDate(o.Key.Item1, o.Key.Item2, o.Value)).OrderBy(o => o.AsOf)];

    public void Add(DuesRow row)
    {
        switch (row.Outcome)
        {
            case DuesOutcome.Owes:
                AddCharge(row);
                break;
            case DuesOutcome.MissingInput:
                Missing.Add(row);
                MissingLastYear += row.LastYear ?? Money.Zero;
                break;
            case DuesOutcome.Exempt:
                Exempt.Add(row);
                break;
            case DuesOutcome.NotLiable:
                NotLiable.Add(row);
                break;
            case DuesOutcome.AlreadyCharged:
                AlreadyCharged++;
                break;
        }
    }

    private void AddCharge(DuesRow row)
    {
        var last = row.LastYear ?? Money.Zero;
        Charges++;
        if (faults?.GetValueOrDefault(row.Member) is { } fault)
            Recipients.Add(fault);
        Total += row.Amount;
        LastYear += last;
        if (row.Route == PaymentRoute.DirectDebit)
            ByDirectDebit++;
        if (row.Steps[^1] is MonthsStep)
            PartYear++;
        if (row.JoinedOn?.Year == row.DueOn.Year)
            Newcomers.Add(row);
        _dueDates[row.DueOn] = _dueDates.GetValueOrDefault(row.DueOn) + 1;
        if (row.Input is { AcceptedBy: { } by } input)
            _otherDates[(input.Measured.AsOf!.Value, by)] = _otherDates.GetValueOrDefault((input.Measured.AsOf.Value, by)) + 1;

        var category = _categories.GetValueOrDefault(row.Category) ?? new CategorySum(row.Category, 0, Money.Zero, Money.Zero);
        _categories[row.Category] = category with { Charges = category.Charges + 1, Total = category.Total + row.Amount, LastYear = category.LastYear + last };

        if (row.Difference is not { } difference)
            return;
        if (difference > Money.Zero)
            Higher++;
        else if (difference < Money.Zero)
            Lower++;
        else
            Equal++;
        if (difference.Amount > row.LastYear!.Value.Amount * 0.10m)
            Increases.Add(row);
    }
}

/// <summary>A category in a run.</summary>
internal sealed record CategorySum(string Category, int Charges, Money Total, Money LastYear);

/// <summary>Values that refer to another day than the regulation's and were accepted.</summary>
internal sealed record OtherDate(DateOnly AsOf, string AcceptedBy, int Count);
