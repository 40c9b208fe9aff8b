using System.CommandLine;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;

namespace Association.Platform.Web.CommandLine;

/// <summary>A verb of the command line (<c>./run.sh VERB …</c>); it invokes the same commands and queries as the pages. Found by scanning.</summary>
[Contribution]
public interface IVerb
{
    /// <summary>The verb with its arguments and options; its action is what <paramref name="host"/> makes of the body.</summary>
    Command Define(IVerbHost host);
}

/// <summary>Runs the bodies of verbs: opens the database, sets the acting user, drains the messages that the body caused, prints.</summary>
public interface IVerbHost
{
    /// <summary>An action for <see cref="Command.SetAction(Func{ParseResult, CancellationToken, Task{int}})"/>.</summary>
    /// <param name="writes">Decides from the arguments whether the verb writes; a writing verb refuses without <c>--as</c>.</param>
    /// <param name="body">Does the work and answers.</param>
    Func<ParseResult, CancellationToken, Task<int>> Run(Func<ParseResult, bool> writes, Func<VerbContext, Task<VerbAnswer>> body);

    /// <summary>
    /// An action for what looks after the data as a whole, such as a backup, or makes them: nobody is asked who acts, and the database is reached when the
    /// body wants it, as it is, without migrating it.
    /// </summary>
    Func<ParseResult, CancellationToken, Task<int>> RunOnData(Func<DataContext, Task<VerbAnswer>> body);
}

/// <summary>What such a body works with.</summary>
/// <param name="Arguments">What was typed.</param>
/// <param name="Folder">The data folder of an embedded database, which may not exist yet; null when the settings name a server.</param>
/// <param name="ConnectAsync">Reaches the database, an embedded one is started; answers its connection string.</param>
/// <param name="Cancellation">Ctrl-C.</param>
public sealed record DataContext(ParseResult Arguments, string? Folder, Func<Task<string>> ConnectAsync, CancellationToken Cancellation);

/// <summary>What a verb's body works with.</summary>
/// <param name="Services">The scope, with the acting user set.</param>
/// <param name="Bus">The bus of the scope.</param>
/// <param name="Arguments">What was typed.</param>
/// <param name="Drain">Waits until all messages that this verb caused so far are handled, here or by the running office.</param>
/// <param name="Cancellation">Ctrl-C.</param>
public sealed record VerbContext(IServiceProvider Services, IMessageBus Bus, ParseResult Arguments, Func<Task> Drain, CancellationToken Cancellation);

/// <summary>What a verb answers.</summary>
/// <param name="Json">Serialised with <c>--json</c>, alone on standard output: camelCase, amounts as strings, dates as <c>2027-02-15</c>.</param>
/// <param name="Text">For a person, without <c>--json</c>.</param>
/// <param name="Ok">Exit code 0 when true.</param>
public sealed record VerbAnswer(object Json, string Text, bool Ok = true);
