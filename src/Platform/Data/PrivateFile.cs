namespace Association.Platform.Data;

/// <summary>Files with names, accounts and mandates of people in them: for nobody else on the machine (0600).</summary>
public static class PrivateFile
{
    /// <summary>A file to write; one that is there is replaced.</summary>
    public static FileStream Create(string path)
    {
        File.Delete(path); // an older one keeps its mode otherwise
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 1 << 16,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
