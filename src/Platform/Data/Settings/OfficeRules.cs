using System.Text.Json.Serialization;
using Association.Platform.Data.Kernel;

namespace Association.Platform.Data.Settings;

/// <summary>What the office decided for itself, where statutes and regulation leave it free. Versions are kept; a new one holds from its saving on.</summary>
/// <remarks>
/// A field that a stored version lacks has the default given here, so that a later release may add one. What belongs to a version of the dues
/// regulation stays there: <see cref="Due"/> only says what a new version begins with.
/// </remarks>
public sealed record OfficeRules
{
    /// <summary>What holds until somebody decides otherwise; version 0.</summary>
    public static readonly OfficeRules Default = new();

    /// <summary>What is stored and read by nothing yet: no page, file or command shows or changes it. Whoever makes a feature read one takes it out here
    /// and shows it; a test finds both mistakes.</summary>
    public static readonly IReadOnlyList<string> Unread = ["Bookkeeping.Basis", "Bookkeeping.Chart"];

    /// <summary>1, 2, 3 …; 0 as long as nothing was saved.</summary>
    [JsonIgnore]
    public int Version { get; init; }

    /// <summary>Languages that the association offers.</summary>
    public OfferedLanguages Languages { get; init; } = new();

    /// <summary>Fiscal year and accounting.</summary>
    public BookkeepingRules Bookkeeping { get; init; } = new();

    /// <summary>When a resignation takes effect, as the statutes have it.</summary>
    public NoticeRules Notice { get; init; } = new();

    /// <summary>When dues fall due, as a new version of the regulation proposes it.</summary>
    public DueRules Due { get; init; } = new();

    /// <summary>When the office is asked about what ends.</summary>
    public DeadlineRules Deadlines { get; init; } = new();

    /// <summary>When an unpaid invoice is reminded of, and what that costs.</summary>
    public ReminderRules Reminders { get; init; } = new();

    /// <summary>How a payment settles what is open.</summary>
    public SettlementRules Settlement { get; init; } = new();

    /// <summary>How new numbers are written.</summary>
    public NumberRules Numbers { get; init; } = new();

    /// <summary>From which amount a second person is needed.</summary>
    public FourEyesRules FourEyes { get; init; } = new();

    /// <summary>How mail leaves.</summary>
    public MailRules Mail { get; init; } = new();

    /// <summary>These rules, with what nothing reads (<see cref="Unread"/>) as it is stored.</summary>
    public OfficeRules Keeping(OfficeRules stored) =>
        this with
        {
            Bookkeeping = Bookkeeping with { Basis = stored.Bookkeeping.Basis, Chart = stored.Bookkeeping.Chart },
        };
}

/// <summary>Languages besides German, which is always offered.</summary>
/// <param name="French">Französisch.</param>
/// <param name="English">Englisch.</param>
public sealed record OfferedLanguages(bool French = true, bool English = true)
{
    /// <summary><c>de</c>, <c>fr</c>, <c>en</c>: those that are offered, German first.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Codes =>
        (French, English) switch
        {
            (true, true) => ["de", "fr", "en"],
            (true, _) => ["de", "fr"],
            (_, true) => ["de", "en"],
            _ => ["de"],
        };
}

/// <summary>How income is recognised.</summary>
public enum AccountingBasis
{
    /// <summary>By receipts (Ist): income on the day of the payment. Most associations.</summary>
    Receipts,

    /// <summary>By claims (Soll): income on the day of the invoice.</summary>
    Claims,
}

/// <summary>Fiscal year and what the bookkeeper's export follows.</summary>
/// <param name="FiscalYearMonth">1 to 12: the month with whose first day the fiscal year begins.</param>
/// <param name="Basis">By receipts or by claims.</param>
/// <param name="Chart">Name of the chart of accounts.</param>
public sealed record BookkeepingRules(int FiscalYearMonth = 1, AccountingBasis Basis = AccountingBasis.Receipts, string Chart = "SKR 42")
{
    /// <summary>Where each kind of dues is income.</summary>
    public IncomeAccounts Income { get; init; } = new();

    /// <summary>First and last day of the fiscal year of a day.</summary>
    public (DateOnly From, DateOnly To) FiscalYearOf(DateOnly day)
    {
        var from = new DateOnly(day.Month >= FiscalYearMonth ? day.Year : day.Year - 1, FiscalYearMonth, 1);
        return (from, from.AddYears(1).AddDays(-1));
    }
}

/// <summary>Numbers of the income accounts in the chart; two kinds may share one.</summary>
/// <param name="Dues">Mitgliedsbeiträge.</param>
/// <param name="Admission">Aufnahmegebühren.</param>
/// <param name="Levy">Umlagen.</param>
/// <param name="Services">Veranstaltungen, without tax.</param>
public sealed record IncomeAccounts(string Dues = "4000", string Admission = "4010", string Levy = "4020", string Services = "4100");

/// <summary>What a new version of the regulation begins with.</summary>
/// <param name="Day">Day of the month; with <paramref name="Month"/> the day of the dues year on which dues fall due.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="DaysAfterIssue">An invoice issued late falls due so many days after its issue.</param>
public sealed record DueRules(int Day = 15, int Month = 2, int DaysAfterIssue = 30);

/// <summary>Reminders. A day counts from when the previous letter was actually sent.</summary>
/// <param name="ReminderAfterDays">Payment reminder, days after the due date.</param>
/// <param name="FirstLevelAfterDays">First demand, days after the reminder.</param>
/// <param name="SecondLevelAfterDays">Second demand, days after the first.</param>
/// <param name="ReminderFee">Posted when the reminder is sent, as an item of its own.</param>
/// <param name="FirstLevelFee">Of the first demand.</param>
/// <param name="SecondLevelFee">Of the second.</param>
/// <param name="PayWithinDays">A letter asks for payment within so many days of its date.</param>
/// <param name="BoardAfterDays">The board decides on what is still open so many days after the second demand.</param>
/// <param name="Automatic">What is due leaves by itself every working morning; otherwise it is prepared, and a person agrees.</param>
public sealed record ReminderRules(
    int ReminderAfterDays = 14,
    int FirstLevelAfterDays = 21,
    int SecondLevelAfterDays = 21,
    Money ReminderFee = default,
    Money FirstLevelFee = default,
    Money SecondLevelFee = default,
    int PayWithinDays = 14,
    int BoardAfterDays = 21,
    bool Automatic = false
);

/// <summary>What a payment settles first.</summary>
public enum SettlementOrder
{
    /// <summary>Dues, then fees.</summary>
    DuesFirst,

    /// <summary>Fees, then dues.</summary>
    FeesFirst,
}

/// <summary>How a payment settles what is open.</summary>
/// <param name="Order">What a payment settles first.</param>
/// <param name="SmallDifference">An open rest of at most this is not reminded of.</param>
public sealed record SettlementRules(SettlementOrder Order = SettlementOrder.DuesFirst, Money SmallDifference = default);

/// <summary>From which amount on a second person has to agree; zero means always, null never.</summary>
public sealed record FourEyesRules
{
    /// <summary>The association does without a claim (Erlass).</summary>
    public Money? WaiverFrom { get; init; } = Money.Zero;

    /// <summary>A claim that cannot be collected leaves the books (Ausbuchung).</summary>
    public Money? WriteOffFrom { get; init; } = Money.Zero;

    /// <summary>An issued invoice is taken back (Storno).</summary>
    public Money? CancellationFrom { get; init; } = new Money(5_000m);

    /// <summary>Money is paid back (Erstattung).</summary>
    public Money? RefundFrom { get; init; } = Money.Zero;

    /// <summary>Whether an amount reaches one of these limits: <c>FourEyesRules.Reaches(rules.FourEyes.WaiverFrom, amount)</c>.</summary>
    /// <param name="limit">Null: never.</param>
    /// <param name="amount">What is waived, written off, cancelled or paid back; its sign does not matter.</param>
    public static bool Reaches(Money? limit, Money amount) => limit is { } from && (amount < Money.Zero ? -amount : amount) >= from;
}
