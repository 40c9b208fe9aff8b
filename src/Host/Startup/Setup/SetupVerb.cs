using System.CommandLine;
using Association.Host.Settings.Letterhead;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Microsoft.Extensions.Localization;

namespace Association.Host.Startup.Setup;

/// <summary>
/// <c>setup</c>: makes an installation of the association's own in an empty folder (or an empty database of a server). At a terminal it asks for what no option says;
/// the password is typed unseen, or is the first line of standard input.
/// </summary>
internal sealed class SetupVerb(Installation installation, GlobalOptions options, IServiceScopeFactory scopes) : IVerb
{
    private const int LargestLogo = 20 * 1024 * 1024;
    private static readonly string[] OfTheServer = ["postgres", "postgres.lock"]; // what a setup that was killed may have left; whether there are books, the database knows

    private readonly IReadOnlyList<(SetupField Field, Option<string?> Option)> _options =
        [.. SetupField.All.Select(f => (f, new Option<string?>(f.Option) { Description = f.Help, HelpName = f.Value }))];

    public Command Define(IVerbHost host)
    {
        var command = new Command("setup", "Set up your own association in an empty folder (--data): nobody is known but you. Asks at a terminal; the password may also come as the first line of standard input.");
        foreach (var (field, option) in _options)
        {
            if (field.Name == "Iban") option.Aliases.Add("--account");
            command.Options.Add(option);
        }
        command.SetAction((arguments, ct) => CommandLineRoot.SayingWhy(options.Read(arguments), () => RunAsync(arguments, ct)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken ct)
    {
        VerbHost.SpeakGerman();
        var invocation = options.Read(arguments);
        using var asking = scopes.CreateScope();
        var texts = asking.ServiceProvider.GetRequiredService<IStringLocalizer<SetupTexts>>();
        if (invocation.Login is not null || invocation.Today is not null) throw new RefusedException(texts["Refused.AsOrToday"]);
        var folder = installation.NamesServer ? null : invocation.DataFolder;
        if (folder is not null) MustBeFree(folder, texts);

        var wished = Ask(arguments, asking.ServiceProvider.GetRequiredService<SetupRules>(), texts);
        await installation.ConnectAsync(invocation, ct);
        await using var scope = scopes.CreateAsyncScope(); // not earlier: the data source is made with the address it finds
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = Actor.System;
        await scope.ServiceProvider.GetRequiredService<InstallationSetup>().WriteAsync(wished, folder, ct);
        await Console.Out.WriteLineAsync(invocation.Json
            ? VerbJson.Serialize(new { association = wished.Association.Name, dataFolder = folder, administrator = wished.Administrator.Login, kind = "own" })
            : texts[folder is null ? "Done.Server" : "Done.Folder", wished.Association.Name, wished.Administrator.Login, folder ?? ""].Value);
        return 0;
    }

    private static void MustBeFree(string folder, IStringLocalizer<SetupTexts> texts)
    {
        if (File.Exists(folder)) throw new RefusedException(texts["Folder.IsFile", folder]);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any(e => !OfTheServer.Contains(Path.GetFileName(e)))) throw new RefusedException(texts["Folder.HasFiles", folder]);
    }

    private NewInstallation Ask(ParseResult arguments, SetupRules rules, IStringLocalizer<SetupTexts> texts)
    {
        var values = _options.Where(o => arguments.GetValue(o.Option) is not null).ToDictionary(o => o.Field.Name, o => arguments.GetValue(o.Option)!, StringComparer.Ordinal);
        if (HiddenLine.CanAsk)
        {
            new SetupDialog(texts, answers => Look(answers, rules, texts).Problems).Complete(values);
        }
        else if (Console.IsInputRedirected)
        {
            values[SetupField.Password] = Console.In.ReadLine() ?? "";
        }
        var (wished, problems) = Look(values, rules, texts);
        return problems.Count == 0 ? wished
            : throw new RefusedException(string.Join('\n', problems.Select(p => $"{SetupField.All.FirstOrDefault(f => f.Name == p.Field)?.Option ?? texts["Ask.Password"]}: {p.Text}")));
    }

    private static (NewInstallation Wished, IReadOnlyList<Problem> Problems) Look(IReadOnlyDictionary<string, string> values, SetupRules rules, IStringLocalizer<SetupTexts> texts)
    {
        UploadLogo? logo = null;
        string? unread = null;
        if (values.GetValueOrDefault(SetupField.Logo, "").Trim() is { Length: > 0 } path)
        {
            try
            {
                var file = new FileInfo(path);
                if (file.Exists && file.Length > LargestLogo) unread = texts["Problem.LogoTooLarge"];
                else logo = new UploadLogo(file.Name, File.ReadAllBytes(path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                unread = texts["Problem.LogoUnread", path];
            }
        }
        var wished = NewInstallation.Of(values, logo);
        var problems = rules.Problems(wished, values);
        return (wished, unread is null ? problems : [.. problems, new Problem(SetupField.Logo, unread)]);
    }
}
