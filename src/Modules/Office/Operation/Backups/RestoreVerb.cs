using System.CommandLine;
using Association.Platform.Data.Backups;
using Association.Platform.Web.CommandLine;

namespace Association.Office.Operation.Backups;

/// <summary><c>restore</c>: brings a backup back into an empty folder or database, or only looks whether it is complete. Nothing is ever overwritten.</summary>
internal sealed class RestoreVerb(IServiceScopeFactory scopes) : IVerb
{
    private readonly Argument<FileInfo> _file = new("file") { Description = "What 'backup' wrote." };
    private readonly Option<bool> _check = new("--check") { Description = "Only read the file to its end and compare its digests; no database is touched." };

    public Command Define(IVerbHost host)
    {
        var command = new Command("restore", "Bring a backup back into an empty data folder (--data) or an empty database.") { _file, _check };
        command.SetAction(host.RunOnData(RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(DataContext context)
    {
        var file = context.Arguments.GetRequiredValue(_file);
        using var backup = await BackupFile.OpenAsync(file.FullName, context.Cancellation); // before a data folder is made for a file that is none
        if (context.Arguments.GetValue(_check)) return BackupWords.Of(backup.Manifest, file, "The backup is complete; nothing was restored.");
        var place = await context.ConnectAsync();
        using var scope = scopes.CreateScope(); // not earlier: the data source is made with the address it finds
        await scope.ServiceProvider.GetRequiredService<DatabaseBackups>().RestoreAsync(backup, place.ConnectionString, context.Cancellation);
        return BackupWords.Of(
            backup.Manifest, file, $"Restored{(place.Folder is { } folder ? $" into {folder}" : "")}. Messages that waited are handled when the office opens. Check the books with 'verify'.");
    }
}
