using System.CommandLine;
using System.Globalization;
using Association.Platform.Data.Backups;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.CommandLine;

namespace Association.Office.Operation.Backups;

/// <summary>
/// <c>backup</c>: everything in one file, while people work. It looks at the database as it is, before this release migrates it, so that it is the first step
/// of an upgrade. Like pg_dump it asks for no person: whoever may run it has the database already.
/// </summary>
internal sealed class BackupVerb(IServiceScopeFactory scopes, TimeProvider clock) : IVerb
{
    private readonly Option<FileInfo?> _out = new("--out")
    {
        Description = "The file; it must not exist yet. Without it: association-DATE-TIME.backup in this folder.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _portable = new("--portable")
    {
        Description = "Write without pg_dump, so that the file can be restored where there is no pg_restore.",
    };

    public Command Define(IVerbHost host)
    {
        var command = new Command("backup", "Write everything (records, issued files, messages, people) into one file, and check it.") { _out, _portable };
        command.SetAction(host.RunOnData(RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(DataContext context)
    {
        var file =
            context.Arguments.GetValue(_out)
            ?? new FileInfo($"association-{clock.GetUtcNow().ToBusinessTime().ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture)}.backup");
        BackupFile.MustBeNew(file.FullName); // before a data folder is opened for nothing
        if (file.Directory is not { Exists: true })
            throw new BackupException($"There is no folder {file.DirectoryName}.");
        var address = await context.ConnectAsync();
        using var scope = scopes.CreateScope(); // not earlier: the data source is made with the address it finds
        var manifest = await scope
            .ServiceProvider.GetRequiredService<DatabaseBackups>()
            .WriteAsync(file.FullName, address, context.Arguments.GetValue(_portable), context.Cancellation);
        file.Refresh();
        return BackupWords.Of(manifest, file, $"{file.FullName}: written and checked.");
    }
}
