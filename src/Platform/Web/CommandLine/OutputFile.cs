using Association.Platform.Data;
using Association.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.CommandLine;

/// <summary>A file that a verb was asked to write.</summary>
public static class OutputFile
{
    /// <summary>Writes it beside its place first and then renames it: whoever is killed in between, or fails, leaves no half file under its name. Only its
    /// owner may read it.</summary>
    /// <param name="context">Of the verb.</param>
    /// <param name="path">As it was typed; a file that is there is written over.</param>
    /// <param name="write">Fills it.</param>
    /// <exception cref="ProblemsException">It cannot be written.</exception>
    public static async Task WriteAsync(VerbContext context, string path, Func<Stream, Task> write)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(write);
        var part = path + ".part";
        try
        {
            try
            {
                await using (var file = PrivateFile.Create(part))
                    await write(file);
                File.Move(part, path, overwrite: true);
            }
            catch
            {
                File.Delete(part);
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemsException(context.Services.GetRequiredService<IStringLocalizer<WebTexts>>()["Verb.NotWritable", path, e.Message]);
        }
    }

    /// <inheritdoc cref="WriteAsync(VerbContext, string, Func{Stream, Task})"/>
    public static Task WriteAsync(VerbContext context, string path, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(context);
        return WriteAsync(context, path, file => file.WriteAsync(bytes, context.Cancellation).AsTask());
    }
}
