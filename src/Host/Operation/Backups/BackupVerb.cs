using System.CommandLine;
using System.Globalization;
using Association.Host.Startup;
using Association.Platform.Data.Backups;
using Association.Platform.Web.CommandLine;

namespace Association.Host.Operation.Backups;

/// <summary>
/// <c>backup</c>: everything in one file, while people work. It looks at the database as it is, before this release migrates it, so that it is the first step of an
/// upgrade. Like pg_dump it asks for no person: whoever may run it has the database already.
/// </summary>
internal sealed class BackupVerb(Installation installation, GlobalOptions options, IServiceScopeFactory scopes, TimeProvider clock) : IVerb
{
    private readonly Option<FileInfo?> _out = new("--out") { Description = "The file; it must not exist yet. Without it: association-DATE-TIME.backup in this folder.", HelpName = "FILE" };
    private readonly Option<bool> _portable = new("--portable") { Description = "Write without pg_dump, so that the file can be restored where there is no pg_restore." };

    public Command Define(IVerbHost host)
    {
        var command = new Command("backup", "Write everything (records, issued files, messages, people) into one file, and check it.") { _out, _portable };
        command.SetAction((arguments, ct) => CommandLineRoot.SayingWhy(options.Read(arguments), () => RunAsync(arguments, ct)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken ct)
    {
        var invocation = options.Read(arguments);
        var file = arguments.GetValue(_out) ?? new FileInfo($"association-{clock.GetLocalNow().ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture)}.backup");
        BackupFile.MustBeNew(file.FullName); // before a data folder is opened for nothing
        if (file.Directory is not { Exists: true }) throw new BackupException($"There is no folder {file.DirectoryName}.");
        var address = await installation.ConnectAsync(invocation, ct);
        using var scope = scopes.CreateScope(); // not earlier: the data source is made with the address it finds
        var manifest = await scope.ServiceProvider.GetRequiredService<DatabaseBackups>().WriteAsync(file.FullName, address, arguments.GetValue(_portable), ct);
        file.Refresh();
        await BackupWords.PrintAsync(invocation, manifest, file, $"{file.FullName}: written and checked.");
        return 0;
    }
}
