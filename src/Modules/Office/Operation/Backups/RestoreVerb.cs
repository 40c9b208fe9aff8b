using System.CommandLine;
using Association.Office.Contracts;
using Association.Platform.Data.Backups;
using Association.Platform.Web.CommandLine;

namespace Association.Office.Operation.Backups;

/// <summary><c>restore</c>: brings a backup back into an empty folder or database, or only looks whether it is complete. Nothing is ever overwritten.</summary>
internal sealed class RestoreVerb(IServiceScopeFactory scopes) : IVerb
{
    private readonly Argument<FileInfo> _file = new("file") { Description = "What 'backup' wrote." };
    private readonly Option<bool> _check = new("--check") { Description = "Only read the file to its end and compare its digests; no database is touched." };
    private readonly Option<bool> _own = new("--own")
    {
        Description = "Make the restored data an installation of your own: the people of a demo, whose passwords everybody knows, are taken out.",
    };

    public Command Define(IVerbHost host)
    {
        var command = new Command("restore", "Bring a backup back into an empty data folder (--data) or an empty database.") { _file, _check, _own };
        command.SetAction(host.RunOnData(RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(DataContext context)
    {
        var file = context.Arguments.GetRequiredValue(_file);
        using var backup = await BackupFile.OpenAsync(file.FullName, context.Cancellation); // before a data folder is made for a file that is none
        if (context.Arguments.GetValue(_check))
            return BackupWords.Of(backup.Manifest, file, "The backup is complete; nothing was restored.");
        var own = context.Arguments.GetValue(_own);
        if (context.Folder is null && !own && backup.Manifest.Kind != "own")
            throw new RefusedException(WhyNotOnAServer(backup.Manifest));
        var address = await context.ConnectAsync();
        using var scope = scopes.CreateScope(); // not earlier: the data source is made with the address it finds
        var removal = scope.ServiceProvider.GetRequiredService<IDemoRemoval>();
        await removal.NoteAsync(own, context.Cancellation);
        await scope.ServiceProvider.GetRequiredService<DatabaseBackups>().RestoreAsync(backup, address, context.Cancellation);
        var removed = await removal.FinishAsync(context.Cancellation);
        return BackupWords.Of(
            backup.Manifest,
            file,
            $"Restored{(context.Folder is { } folder ? $" into {folder}" : "")}. Messages that waited are handled when the office opens. Check the books with 'verify'."
                + (
                    removed == 0
                        ? ""
                        : $"\nThis is an installation of your own now. The {removed} people of the demo are gone; make the first administrator with 'create-administrator'. Members and books of the backup stayed as they were, invented ones, too."
                )
        );
    }

    private static string WhyNotOnAServer(BackupManifest manifest) =>
        manifest.Kind is null
            ? "An earlier release wrote this backup and did not note whether it is of a demo, whose passwords everybody knows. Add --own: should it be one, its people are taken out; all others stay."
            : "This is the backup of a demo: everybody knows the passwords of its people, so it does not go onto a server as it is. A new association begins with './run.sh setup'. If the books in it are yours, add --own: the people of the demo are taken out, and 'create-administrator' makes the first of yours.";
}
