namespace Association.Platform.Documents.Excel;

/// <summary>How much a file may hold. The defaults fit the largest list an office keeps by hand, many times over.</summary>
public sealed record SpreadsheetLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static readonly SpreadsheetLimits Default = new();

    /// <summary>Size of the file: 20 MB.</summary>
    public long Bytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Size of all its parts unpacked: 256 MB; a sheet of a million formatted empty rows still fits.</summary>
    public long UnpackedBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How many times its packed size a part may unpack to, if it is larger than 10 MB; deflate itself reaches 1,032.</summary>
    public int Ratio { get; init; } = 250;

    /// <summary>Parts in the package.</summary>
    public int Parts { get; init; } = 2_000;

    /// <summary>Shared texts, which are read as a whole before the rows: 32 MB.</summary>
    public long SharedTextBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Any other part that is read as a whole, which is the styles and the list of sheets: 4 MB.</summary>
    public long PartBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Cells with content in all sheets: 500,000, which is a list of 25,000 members in 20 columns.</summary>
    public int Cells { get; init; } = 500_000;

    /// <summary>Fields of a CSV file, the empty ones among them.</summary>
    public int Fields { get; init; } = 4_000_000;

    /// <summary>Rows with content a sheet may have.</summary>
    public int Rows { get; init; } = 100_000;

    /// <summary>The last column that may have content.</summary>
    public int Columns { get; init; } = 512;

    /// <summary>So many empty rows in a row end a sheet of which nobody knows where its content ends.</summary>
    public int EmptyRows { get; init; } = 10_000;
}
