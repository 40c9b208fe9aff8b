using System.Text;
using Association.Platform.Documents;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.CommandLine;

/// <summary>A file that the command line was given to read.</summary>
public static class InputFile
{
    /// <summary>Its bytes.</summary>
    /// <exception cref="ProblemsException">There is none, it may not be read, or it is longer than a list can be.</exception>
    public static async Task<byte[]> ReadAsync(VerbContext context, FileInfo file)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            if (file.Exists)
                SpreadsheetReader.CheckLength(file.Length);
            return await File.ReadAllBytesAsync(file.FullName, context.Cancellation);
        }
        catch (SpreadsheetException refused)
        {
            throw new ProblemsException(refused.Sentence(context.Services.GetRequiredService<IStringLocalizer<DocumentsTexts>>()));
        }
        catch (Exception e) when (IsOfFile(e))
        {
            throw Refused(context, file.Name, e);
        }
    }

    /// <summary>Its text, in UTF-8 or whatever its first bytes say.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public static async Task<string> ReadTextAsync(VerbContext context, FileInfo file)
    {
        using var text = new StreamReader(new MemoryStream(await ReadAsync(context, file)), Encoding.UTF8);
        return await text.ReadToEndAsync(context.Cancellation);
    }

    /// <summary>Whether a failure is that of a file that somebody named.</summary>
    public static bool IsOfFile(Exception failure) => failure is IOException or UnauthorizedAccessException;

    /// <summary>Says that a file cannot be read.</summary>
    /// <param name="context">Of the verb.</param>
    /// <param name="name">As the person wrote it.</param>
    /// <param name="failure">By which it is known.</param>
    public static ProblemsException Refused(VerbContext context, string name, Exception failure)
    {
        ArgumentNullException.ThrowIfNull(context);
        var texts = context.Services.GetRequiredService<IStringLocalizer<WebTexts>>();
        return new ProblemsException(texts[failure is FileNotFoundException or DirectoryNotFoundException ? "Verb.NoFile" : "Verb.NotReadable", name]);
    }
}
