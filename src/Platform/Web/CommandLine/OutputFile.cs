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
