namespace Association.Platform.Documents.Workbooks;

/// <summary>A cell of a table: its row below the header and its column, both from 0. The row behind the last one holds the totals.</summary>
public readonly record struct CellPlace(int Row, int Column);

/// <summary>A formula over cells of its own table. One description gives both, what the program computes and what Excel will compute.</summary>
public abstract record CellFormula
{
    /// <summary>Adds and subtracts: <c>B7+B8-B9</c>.</summary>
    public static CellFormula Sum(params IReadOnlyList<(CellPlace Place, int Sign)> terms) => new SumFormula(terms);

    /// <summary>A ratio; without a whole there is none.</summary>
    public static CellFormula Ratio(CellPlace part, CellPlace whole) => new RatioFormula(part, whole);

    /// <summary>The first less the second; nothing where either is empty.</summary>
    public static CellFormula Difference(CellPlace from, CellPlace less) => new DifferenceFormula(from, less);

    /// <summary>The formula as Excel reads it, without the leading equals sign.</summary>
    internal abstract string Write(Func<CellPlace, string> address);

    /// <summary>Its value; null where Excel shows an empty text.</summary>
    internal abstract decimal? Compute(Func<CellPlace, decimal?> value);

    private sealed record SumFormula(IReadOnlyList<(CellPlace Place, int Sign)> Terms) : CellFormula
    {
        internal override string Write(Func<CellPlace, string> address) =>
            string.Concat(
                Terms.Select(
                    (t, i) =>
                        (
                            t.Sign < 0 ? "-"
                            : i == 0 ? ""
                            : "+"
                        ) + address(t.Place)
                )
            );

        internal override decimal? Compute(Func<CellPlace, decimal?> value) => Terms.Sum(t => t.Sign * (value(t.Place) ?? 0));
    }

    private sealed record DifferenceFormula(CellPlace From, CellPlace Less) : CellFormula
    {
        internal override string Write(Func<CellPlace, string> address) =>
            $"IF(OR({address(From)}=\"\",{address(Less)}=\"\"),\"\",{address(From)}-{address(Less)})";

        internal override decimal? Compute(Func<CellPlace, decimal?> value) => value(From) - value(Less);
    }

    private sealed record RatioFormula(CellPlace Part, CellPlace Whole) : CellFormula
    {
        internal override string Write(Func<CellPlace, string> address) => $"IF({address(Whole)}=0,\"\",{address(Part)}/{address(Whole)})";

        internal override decimal? Compute(Func<CellPlace, decimal?> value) => value(Whole) is { } whole and not 0 ? (value(Part) ?? 0) / whole : null;
    }
}
