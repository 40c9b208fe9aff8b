using System.CommandLine;
using Association.Host.Installations;
using Association.Platform.Web.CommandLine;

namespace Association.Host.Startup;

/// <summary>The options that every verb and the office itself take.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<string> _data = new("--data")
    {
        Description = "Folder of the embedded database. Without effect when ConnectionStrings__Association names a server.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ASSOCIATION_DATA") is { Length: > 0 } folder ? folder : ".data", // run.sh: the clone's, wherever it is called from
        Recursive = true,
        HelpName = "DIR",
    };

    private readonly Option<string?> _as = new("--as")
    {
        Description =
            "Who acts: a login of the office. The password comes from ASSOCIATION_PASSWORD (a code of the second factor from ASSOCIATION_CODE) or is asked for; demo installations ask for none.",
        Recursive = true,
        HelpName = "LOGIN",
    };

    private readonly Option<DateOnly?> _today = new Option<DateOnly?>("--today")
    {
        Description = "The business date to act on (demo installations only), such as 2027-01-15.",
        Recursive = true,
        HelpName = "DATE",
    }.InWords();

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON, and nothing else, on standard output.", Recursive = true };

    /// <summary>Adds them to the root; they hold for all verbs.</summary>
    public void AddTo(RootCommand root)
    {
        root.Options.Add(_data);
        root.Options.Add(_as);
        root.Options.Add(_today);
        root.Options.Add(_json);
    }

    /// <summary>What was typed.</summary>
    public Invocation Read(ParseResult arguments) =>
        new(Path.GetFullPath(arguments.GetRequiredValue(_data)), arguments.GetValue(_as), arguments.GetValue(_today), arguments.GetValue(_json));
}
