using Association.Billing.Data;
using Association.Platform.Data.Kernel;

namespace Association.Billing.Accounts.Opening;

/// <summary>A list with the control sum that a person typed for it.</summary>
/// <param name="FileName">As uploaded.</param>
/// <param name="Bytes">The file.</param>
/// <param name="ControlSum">Open amounts less credits.</param>
internal sealed record OpeningList(string FileName, ReadOnlyMemory<byte> Bytes, Money ControlSum);

/// <summary>What taking over a list would book, and what keeps it from it.</summary>
/// <param name="FileName">The list.</param>
/// <param name="Rows">Rows with an amount, in the file's order.</param>
/// <param name="Findings">What is wrong, by cell; any of it keeps the whole list out, because the control sum stands for all of it.</param>
/// <param name="Notices">Cells that are taken over otherwise than they stand in the file.</param>
/// <param name="WithoutAmount">Members in the list that neither owe nor have anything.</param>
/// <param name="NotRead">Columns that mean nothing here.</param>
/// <param name="ControlSum">As typed.</param>
/// <param name="Before">When and by whom this very file was taken over already; null when it was not.</param>
internal sealed record OpeningPlan(
    string FileName,
    IReadOnlyList<OpeningRow> Rows,
    IReadOnlyList<OpeningFinding> Findings,
    IReadOnlyList<OpeningFinding> Notices,
    int WithoutAmount,
    IReadOnlyList<string> NotRead,
    Money ControlSum,
    TakenBefore? Before
)
{
    public int OpenCount => Rows.Count(r => r.Open > Money.Zero);

    public Money OpenSum => Money.Sum(Rows.Select(r => r.Open));

    public int CreditCount => Rows.Count(r => r.Credit > Money.Zero);

    public Money CreditSum => Money.Sum(Rows.Select(r => r.Credit));

    /// <summary>What the file adds up to: open amounts less credits.</summary>
    public Money Sum => OpenSum - CreditSum;

    public bool SumAgrees => Sum == ControlSum;

    public bool CanBeTakenOver => Before is null && SumAgrees && Findings.Count == 0 && Rows.Count > 0;
}

/// <summary>A row with an amount.</summary>
/// <param name="Row">In the file.</param>
/// <param name="Number">The member's number.</param>
/// <param name="Name">As the list has it.</param>
/// <param name="Account">The member's account; null when there is no such member.</param>
/// <param name="Open">Zero without.</param>
/// <param name="Credit">Zero without.</param>
/// <param name="Origin">Document or year.</param>
/// <param name="DueOn">Of the open amount.</param>
internal sealed record OpeningRow(int Row, string Number, string Name, AccountId? Account, Money Open, Money Credit, string Origin, DateOnly? DueOn);

/// <summary>Something wrong with a cell, or worth knowing about it.</summary>
/// <param name="Cell"><c>C7</c>.</param>
/// <param name="Value">What it says.</param>
/// <param name="Reason">A sentence in the reader's language.</param>
internal sealed record OpeningFinding(string Cell, string Value, string Reason);

/// <summary>This very file was taken over already.</summary>
internal sealed record TakenBefore(DateTimeOffset At, string By);
