namespace Association.Platform.Documents.Excel;

/// <summary>How much a file may hold. The defaults fit the largest list an office keeps by hand, many times over.</summary>
public sealed record SpreadsheetLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static readonly SpreadsheetLimits Default = new();

    /// <summary>Size of the file: 20 MB.</summary>
    public long Bytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Size of all its parts unpacked: 1 GB; a sheet of a million formatted empty rows still fits.</summary>
    public long UnpackedBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>How many times its packed size a part may unpack to, if it is larger than 10 MB; deflate itself reaches 1,032.</summary>
    public int Ratio { get; init; } = 250;

    /// <summary>Parts in the package.</summary>
    public int Parts { get; init; } = 2_000;

    /// <summary>Shared texts, which are the only thing read as a whole before the rows: 128 MB.</summary>
    public long SharedTextBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>Rows with content a sheet may have.</summary>
    public int Rows { get; init; } = 100_000;

    /// <summary>The last column that may have content.</summary>
    public int Columns { get; init; } = 512;

    /// <summary>So many empty rows in a row end a sheet: what is formatted down to row 1,048,576 is not read to its end.</summary>
    public int EmptyRows { get; init; } = 10_000;
}
