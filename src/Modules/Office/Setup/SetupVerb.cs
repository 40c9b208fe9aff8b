using System.CommandLine;
using Association.Office.Settings.Letterhead;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Office.Setup;

/// <summary>
/// <c>setup</c>: makes an installation of the association's own in an empty folder (or an empty database of a server). At a terminal it asks for what no
/// option says;
/// the password is typed unseen, or is the first line of standard input.
/// </summary>
internal sealed class SetupVerb(IServiceScopeFactory scopes) : IVerb
{
    private const int LargestLogo = 20 * 1024 * 1024;
    private static readonly string[] OfTheServer = ["postgres", "postgres.lock"]; // what a setup that was killed may have left; whether there are books, the database knows

    private readonly IReadOnlyList<(SetupField Field, Option<string?> Option)> _options =
    [
        .. SetupField.All.Select(f => (f, new Option<string?>(f.Option) { Description = f.Help, HelpName = f.Value })),
    ];

    public Command Define(IVerbHost host)
    {
        var command = new Command(
            "setup",
            "Set up your own association in an empty folder (--data): nobody is known but you. Asks at a terminal; the password may also come as the first line of standard input."
        );
        foreach (var (field, option) in _options)
        {
            if (field.Name == "Iban")
                option.Aliases.Add("--account");
            command.Options.Add(option);
        }
        command.SetAction(host.RunOnData(RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(DataContext context)
    {
        using var asking = scopes.CreateScope();
        var texts = asking.ServiceProvider.GetRequiredService<IStringLocalizer<SetupTexts>>();
        if (context.Arguments.GetResult("--as") is not null || context.Arguments.GetResult("--today") is not null)
            throw new RefusedException(texts["Refused.AsOrToday"]);
        if (context.Folder is { } folder)
            MustBeFree(folder, texts);

        var wished = Ask(context.Arguments, asking.ServiceProvider.GetRequiredService<SetupRules>(), texts);
        await context.ConnectAsync();
        await using var scope = scopes.CreateAsyncScope(); // not earlier: the data source is made with the address it finds
        var services = scope.ServiceProvider;
        services.GetRequiredService<CurrentUser>().Actor = Actor.System;
        await services
            .GetRequiredService<InstallationSetup>()
            .WriteAsync(wished, services.GetRequiredService<IFirstStart>(), context.Folder, context.Cancellation);
        return new VerbAnswer(
            new
            {
                association = wished.Association.Name,
                dataFolder = context.Folder,
                administrator = wished.Administrator.Login,
                kind = "own",
            },
            texts[context.Folder is null ? "Done.Server" : "Done.Folder", wished.Association.Name, wished.Administrator.Login, context.Folder ?? ""]
        );
    }

    private static void MustBeFree(string folder, IStringLocalizer<SetupTexts> texts)
    {
        if (File.Exists(folder))
            throw new RefusedException(texts["Folder.IsFile", folder]);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any(e => !OfTheServer.Contains(Path.GetFileName(e))))
            throw new RefusedException(texts["Folder.HasFiles", folder]);
    }

    private NewInstallation Ask(ParseResult arguments, SetupRules rules, IStringLocalizer<SetupTexts> texts)
    {
        var values = _options
            .Where(o => arguments.GetValue(o.Option) is not null)
            .ToDictionary(o => o.Field.Name, o => arguments.GetValue(o.Option)!, StringComparer.Ordinal);
        if (HiddenLine.CanAsk)
        {
            new SetupDialog(texts, answers => Look(answers, rules, texts).Problems).Complete(values);
        }
        else if (Console.IsInputRedirected)
        {
            values[SetupField.Password] = Console.In.ReadLine() ?? "";
        }
        var (wished, problems) = Look(values, rules, texts);
        return problems.Count == 0
            ? wished
            : throw new RefusedException(
                string.Join('\n', problems.Select(p => $"{SetupField.All.FirstOrDefault(f => f.Name == p.Field)?.Option ?? texts["Ask.Password"]}: {p.Text}"))
            );
    }

    private static (NewInstallation Wished, IReadOnlyList<Problem> Problems) Look(
        IReadOnlyDictionary<string, string> values,
        SetupRules rules,
        IStringLocalizer<SetupTexts> texts
    )
    {
        UploadLogo? logo = null;
        string? unread = null;
        if (values.GetValueOrDefault(SetupField.Logo, "").Trim() is { Length: > 0 } path)
        {
            try
            {
                var file = new FileInfo(path);
                if (file.Exists && file.Length > LargestLogo)
                    unread = texts["Problem.LogoTooLarge"];
                else
                    logo = new UploadLogo(file.Name, File.ReadAllBytes(path));
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
