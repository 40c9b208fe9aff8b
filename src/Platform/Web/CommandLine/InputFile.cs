using Association.Platform.Documents;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.CommandLine;

/// <summary>A list that the command line was given to read.</summary>
public static class InputFile
{
    /// <summary>Its bytes.</summary>
    /// <exception cref="ProblemsException">There is none, it may not be read, or it is longer than a list can be.</exception>
    public static async Task<byte[]> ReadAsync(VerbContext context, FileInfo file)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(file);
        var texts = context.Services.GetRequiredService<IStringLocalizer<WebTexts>>();
        if (!file.Exists)
            throw new ProblemsException(texts["Verb.NoFile", file.Name]);
        try
        {
            SpreadsheetReader.CheckLength(file.Length);
            return await File.ReadAllBytesAsync(file.FullName, context.Cancellation);
        }
        catch (SpreadsheetException refused)
        {
            throw new ProblemsException(refused.Sentence(context.Services.GetRequiredService<IStringLocalizer<DocumentsTexts>>()));
        }
        catch (UnauthorizedAccessException)
        {
            throw new ProblemsException(texts["Verb.NotReadable", file.Name]);
        }
    }
}
