using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Documents.Excel;

/// <summary>Why a file cannot be read as a spreadsheet.</summary>
public enum SpreadsheetProblem
{
    /// <summary>No bytes at all.</summary>
    Empty,

    /// <summary>More bytes than allowed.</summary>
    TooLarge,

    /// <summary>Something else, whatever its name says.</summary>
    NotASpreadsheet,

    /// <summary>.xlsb or .ods.</summary>
    OldFormat,

    /// <summary>Strict Open XML: the same extension, other names inside.</summary>
    Strict,

    /// <summary>Needs a password.</summary>
    Encrypted,

    /// <summary>Grows beyond all bounds when unpacked.</summary>
    Bomb,

    /// <summary>Declares a document type or entities.</summary>
    ForbiddenXml,

    /// <summary>Starts like a workbook, but cannot be read to its end.</summary>
    Damaged,

    /// <summary>A sheet has more rows with content than allowed.</summary>
    TooManyRows,

    /// <summary>A row has content further right than allowed.</summary>
    TooManyColumns,

    /// <summary>The file has more cells with content than allowed.</summary>
    TooManyCells,

    /// <summary>Text in an encoding that is not known.</summary>
    UnknownEncoding,

    /// <summary>A quotation mark of a CSV file is never closed.</summary>
    UnclosedQuote,
}

/// <summary>A file that cannot be read, said so that a person can do something about it. The only exception the reader throws for any bytes.</summary>
public sealed class SpreadsheetException : Exception
{
    private readonly object[] arguments;

    internal SpreadsheetException(SpreadsheetProblem problem, Exception? cause = null, params object[] arguments)
        : base(string.Create(CultureInfo.InvariantCulture, $"The file cannot be read as a spreadsheet: {problem}."), cause)
    {
        Problem = problem;
        this.arguments = arguments;
    }

    /// <summary>What is wrong.</summary>
    public SpreadsheetProblem Problem { get; }

    /// <summary>One or two sentences in the request's language: what is wrong, where, what to do.</summary>
    public string Sentence(IStringLocalizer<DocumentsTexts> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts["Spreadsheet." + Problem, arguments];
    }
}
