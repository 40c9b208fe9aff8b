namespace Association.Platform.Data.Kernel;

/// <summary>The days that a field or an argument may name; both ends belong to it.</summary>
public readonly record struct DayRange(DateOnly Earliest, DateOnly Latest)
{
    private const int YearsBack = 100;
    private const int YearsAhead = 50;
    private const int FirstYearOfAll = 1800;

    /// <summary>What an office has to do with: a hundred years back, fifty ahead. „28.11.0026“ and „2126“ are slips of the pen.</summary>
    public static DayRange Usual(DateOnly today) => new(new DateOnly(today.Year - YearsBack, 1, 1), new DateOnly(today.Year + YearsAhead, 12, 31));

    /// <summary>Days of long ago: a hospital may be a member since the association was founded.</summary>
    public static DayRange Historic(DateOnly today) => Usual(today) with { Earliest = new DateOnly(FirstYearOfAll, 1, 1) };

    /// <summary>Whether the day lies in it.</summary>
    public bool Contains(DateOnly day) => day >= Earliest && day <= Latest;
}
