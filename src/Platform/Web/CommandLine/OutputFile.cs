using Association.Platform.Data;
using Association.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.CommandLine;

/// <summary>
/// A file that the command line was asked to write. It is written beside its place first and then renamed: whoever is killed in between, or fails, leaves no
/// half file under its name. Only its owner may read it.
/// </summary>
public static class OutputFile
{
    private const string Unfinished = ".part";

    /// <summary>Begins it; <see cref="End"/> gives it its name.</summary>
    /// <param name="path">Where it is to be.</param>
    public static FileStream Begin(string path) => PrivateFile.Create(path + Unfinished);

    /// <summary>Ends what was begun: the whole file stands under its name, or none is left.</summary>
    /// <param name="file">By <see cref="Begin"/>; closed here.</param>
    /// <param name="whole">All of it was written.</param>
    /// <param name="overwrite">Whether a file that is there is written over.</param>
    /// <exception cref="IOException">There is one that is not to be written over.</exception>
    public static void End(FileStream file, bool whole, bool overwrite)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            file.Dispose();
            if (whole)
                File.Move(file.Name, file.Name[..^Unfinished.Length], overwrite);
        }
        finally
        {
            File.Delete(file.Name);
        }
    }

    /// <summary>Writes it; a file that is there is written over.</summary>
    /// <param name="path">As it was typed.</param>
    /// <param name="write">Fills it.</param>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var whole = false;
        var file = Begin(path);
        try
        {
            await write(file);
            await file.FlushAsync();
            whole = true;
        }
        finally
        {
            End(file, whole, overwrite: true);
        }
    }

    /// <inheritdoc cref="WriteAsync(string, Func{Stream, Task})"/>
    /// <exception cref="ProblemsException">It cannot be written.</exception>
    public static async Task WriteAsync(VerbContext context, string path, Func<Stream, Task> write)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await WriteAsync(path, write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(context, path, e);
        }
    }

    /// <summary>Says that a file or folder cannot be written.</summary>
    /// <param name="context">Of the verb.</param>
    /// <param name="path">As the person wrote it.</param>
    /// <param name="failure">By which it is known.</param>
    public static ProblemsException Refused(VerbContext context, string path, Exception failure)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(failure);
        var texts = context.Services.GetRequiredService<IStringLocalizer<WebTexts>>();
        return new ProblemsException(
            failure switch
            {
                DirectoryNotFoundException => texts["Verb.NoFolder", path],
                UnauthorizedAccessException => texts["Verb.MayNotWrite", path],
                _ => texts["Verb.NotWritable", path, failure.Message],
            }
        );
    }

    /// <inheritdoc cref="WriteAsync(VerbContext, string, Func{Stream, Task})"/>
    public static Task WriteAsync(VerbContext context, string path, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(context);
        return WriteAsync(context, path, file => file.WriteAsync(bytes, context.Cancellation).AsTask());
    }
}
