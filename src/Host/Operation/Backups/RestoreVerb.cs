using System.CommandLine;
using Association.Host.Startup;
using Association.Platform.Data.Backups;
using Association.Platform.Web.CommandLine;

namespace Association.Host.Operation.Backups;

/// <summary><c>restore</c>: brings a backup back into an empty folder or database, or only looks whether it is complete. Nothing is ever overwritten.</summary>
internal sealed class RestoreVerb(Installation installation, GlobalOptions options, IServiceScopeFactory scopes) : IVerb
{
    private readonly Argument<FileInfo> _file = new("file") { Description = "What 'backup' wrote." };
    private readonly Option<bool> _check = new("--check") { Description = "Only read the file to its end and compare its digests; no database is touched." };

    public Command Define(IVerbHost host)
    {
        var command = new Command("restore", "Bring a backup back into an empty data folder (--data) or an empty database.") { _file, _check };
        command.SetAction((arguments, ct) => CommandLineRoot.SayingWhy(options.Read(arguments), () => RunAsync(arguments, ct)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken ct)
    {
        var invocation = options.Read(arguments);
        var file = arguments.GetRequiredValue(_file);
        using var backup = await BackupFile.OpenAsync(file.FullName, ct); // before a data folder is made for a file that is none
        if (arguments.GetValue(_check))
        {
            await BackupWords.PrintAsync(invocation, backup.Manifest, file, "The backup is complete; nothing was restored.");
            return 0;
        }
        var address = await installation.ConnectAsync(invocation, ct);
        using var scope = scopes.CreateScope(); // not earlier: the data source is made with the address it finds
        await scope.ServiceProvider.GetRequiredService<DatabaseBackups>().RestoreAsync(backup, address, ct);
        await BackupWords.PrintAsync(
            invocation, backup.Manifest, file,
            $"Restored{(installation.Embedded is null ? "" : $" into {invocation.DataFolder}")}. Messages that waited are handled when the office opens. Check the books with 'verify'.");
        return 0;
    }
}
