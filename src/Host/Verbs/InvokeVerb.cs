using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Model;
using Association.Platform.Web.CommandLine;

namespace Association.Host.Verbs;

/// <summary>
/// <c>invoke</c>: any command or query by its name, with its values as JSON: what a page does without a browser, for programs and for what has no verb of its
/// own.
/// The same handler does it, and the same permission is asked for.
/// </summary>
internal sealed class InvokeVerb(MessagingModel model) : IVerb
{
    private const string StandardInput = "-";

    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "A command or query, such as ListMembers. Without it all are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Argument<string?> _values = new("JSON")
    {
        Description = "Its values: a JSON object, the name of a file with one, or - for standard input, where secrets belong. Files go in by their path.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<bool> _schema = new("--schema") { Description = "Print what it takes and what it answers as JSON Schema; nothing is done." };

    public Command Define(IVerbHost host)
    {
        var command = new Command("invoke", "Run any command or query of the office by name, with its values as JSON.") { _name, _values, _schema };
        command.SetAction(host.Run(Writes, RunAsync));
        return command;
    }

    /// <summary>What a person may invoke, by name.</summary>
    public static IReadOnlyList<MessageAccess> Open(MessagingModel model) =>
        [.. model.Access().Where(a => !a.InternalOnly).OrderBy(a => a.Message.Name, StringComparer.Ordinal)];

    private bool Writes(ParseResult arguments) => !arguments.GetValue(_schema) && Find(arguments) is { Kind: MessageKind.Command, Anyone: false };

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        if (context.Arguments.GetValue(_name) is not { } name)
            return List();
        var found = Find(context.Arguments) ?? throw new RefusedException($"There is no command or query '{name}'.{Alike(name)} 'invoke' alone lists all.");
        if (context.Arguments.GetValue(_schema))
            return Schema(found);
        var message = Read(context, found, await TypedAsync(context));
        var complete = false;
        try
        {
            var answer = await AnswerAsync(context, found, message);
            complete = true;
            var json = answer is null ? null : JsonSerializer.SerializeToNode(answer, InvokeJson.Options);
            return new VerbAnswer(json ?? new JsonObject(), json?.ToJsonString(InvokeJson.Options) ?? "Done.");
        }
        catch (ProblemsException refused)
        {
            throw new RefusedException(string.Join('\n', refused.Problems.Select(p => p.Field.Length == 0 ? p.Text : $"{p.Field}: {p.Text}")));
        }
        finally
        {
            InvokeJson.KeepFile(message, complete);
        }
    }

    private MessageAccess? Find(ParseResult arguments) =>
        Open(model).FirstOrDefault(a => a.Message.Name.Equals(arguments.GetValue(_name), StringComparison.OrdinalIgnoreCase));

    private string Alike(string name)
    {
        var alike = Open(model)
            .Select(a => a.Message.Name)
            .Where(n => n.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(n, StringComparison.OrdinalIgnoreCase))
            .OrderBy(n => Math.Abs(n.Length - name.Length))
            .ThenBy(n => n, StringComparer.Ordinal)
            .Take(5)
            .ToList();
        return alike.Count == 0 ? "" : $" Is it {string.Join(" or ", alike)}?";
    }

    private VerbAnswer List()
    {
        var all = Open(model);
        return new VerbAnswer(
            all.Select(a => new
            {
                a.Message.Name,
                Kind = Kind(a),
                a.Permission,
                Takes = Takes(a),
            }),
            string.Join('\n', all.Select(a => $"{a.Message.Name, -26} {Kind(a), -8} {a.Permission ?? "(anyone)", -34} {string.Join(", ", Takes(a))}"))
        );
    }

    private static string Kind(MessageAccess access) => access.Kind == MessageKind.Command ? "command" : "query";

    private static IEnumerable<string> Takes(MessageAccess access) =>
        InvokeJson
            .Options.GetTypeInfo(access.Message)
            .Properties.Where(p => p.AssociatedParameter is not null || p.Set is not null)
            .Select(p => p.Name + (p.AssociatedParameter is { HasDefaultValue: true } ? "?" : ""));

    private static VerbAnswer Schema(MessageAccess access)
    {
        var schema = new JsonObject
        {
            ["takes"] = InvokeJson.SchemaOf(access.Message),
            ["answers"] = access.Answer is { } answer ? InvokeJson.SchemaOf(answer) : null,
        };
        return new VerbAnswer(schema, schema.ToJsonString(InvokeJson.Options));
    }

    private async Task<string> TypedAsync(VerbContext context) =>
        context.Arguments.GetValue(_values) switch
        {
            null => "{}",
            StandardInput => await Console.In.ReadToEndAsync(context.Cancellation),
            var text when text.TrimStart().StartsWith('{') => text,
            var path => await InputFile.ReadTextAsync(context, new FileInfo(path)),
        };

    private static object Read(VerbContext context, MessageAccess access, string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, access.Message, InvokeJson.Options) ?? throw new JsonException("The values are null.");
        }
        catch (UnusableFileException unusable)
        {
            throw unusable.Said(context);
        }
        // Beside what the reader finds: an amount that is no number, or a value that its type refuses.
        catch (Exception e)
            when (e is JsonException or FormatException or ArgumentException or OverflowException or InvalidOperationException or NotSupportedException)
        {
            throw new RefusedException(
                $"The values do not fit {access.Message.Name}: {e.Message} It takes {string.Join(", ", Takes(access))}; 'invoke {access.Message.Name} --schema' says of which form."
            );
        }
    }

    private static async Task<object?> AnswerAsync(VerbContext context, MessageAccess access, object message)
    {
        if (access.Answer is not { } answer)
        {
            await context.Bus.InvokeAsync(message, context.Cancellation);
            return null;
        }
        var ask = typeof(InvokeVerb).GetMethod(nameof(AskAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(answer); // known at run time only
        return await (Task<object?>)ask.Invoke(null, [context.Bus, message, context.Cancellation])!;
    }

    private static async Task<object?> AskAsync<T>(IMessageBus bus, object message, CancellationToken ct) => await bus.InvokeAsync<T>(message, ct);
}
