using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Association.Office.People.SignIn;
using Association.Office.Settings.Rules;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Web.CommandLine;

namespace Association.Office.Settings.Verbs;

/// <summary><c>settings show</c> and <c>settings set FILE</c>: the office's rules as JSON, set by the same commands as the pages.</summary>
internal sealed class SettingsVerb : IVerb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it goes to a terminal or a program, never into a page
        Converters = { new MoneyJsonConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private readonly Argument<FileInfo> _file = new("FILE")
    {
        Description = "A JSON file with the fields that 'settings show' prints; fields that it lacks stay as they are.",
    };

    public Command Define(IVerbHost host)
    {
        var show = new Command("show", "Print languages, bookkeeping, forms of numbers, due rules and four-eyes limits.");
        show.SetAction(host.Run(_ => false, ShowAsync));
        var set = new Command("set", "Set them from a file. Whoever runs this has the database anyway, so no user is asked for.") { _file };
        set.SetAction(host.Run(_ => false, SetAsync));
        return new Command("settings", "Show or set the rules that the office decided for itself.") { show, set };
    }

    private static async Task<VerbAnswer> ShowAsync(VerbContext context)
    {
        var shown = JsonOf(await RulesOf(context).CurrentAsync(context.Cancellation));
        return new VerbAnswer(shown, shown.ToJsonString(Json));
    }

    private async Task<VerbAnswer> SetAsync(VerbContext context)
    {
        var rules = await RulesOf(context).CurrentAsync(context.Cancellation);
        var file = context.Arguments.GetRequiredValue(_file);
        var wished = Merge(rules, file, await InputFile.ReadTextAsync(context, file));
        var current = await AsAdministrator.RunAsync(
            context.Services,
            async () =>
            {
                await context.Bus.InvokeAsync(new ChangeRules(rules.Version, wished), context.Cancellation);
                return await RulesOf(context).CurrentAsync(context.Cancellation);
            }
        );
        return new VerbAnswer(
            JsonOf(current),
            current.Version == rules.Version ? $"Nothing changed; version {current.Version} holds." : $"Version {current.Version} holds from now on."
        );
    }

    private static IOfficeRules RulesOf(VerbContext context) => context.Services.GetRequiredService<IOfficeRules>();

    // Without the mail server: it has a password, which belongs in no file, and a form that tries it. Without what nothing reads.
    private static JsonObject JsonOf(OfficeRules rules)
    {
        var fields = JsonSerializer.SerializeToNode(rules, Json)!.AsObject();
        fields.Remove("mail");
        foreach (var place in OfficeRules.Unread.Select(field => field.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName).ToArray()))
            place[..^1].Aggregate(fields, (group, name) => group[name]!.AsObject()).Remove(place[^1]);
        return fields;
    }

    private static OfficeRules Merge(OfficeRules rules, FileInfo file, string json)
    {
        try
        {
            if (JsonNode.Parse(json) is not JsonObject typed)
                throw new RefusedException($"{file.Name} is no JSON object.");
            var fields = JsonOf(rules);
            Put(typed, fields, "", file.Name);
            return fields.Deserialize<OfficeRules>(Json)! with { Version = rules.Version };
        }
        // Beside what the reader finds: an amount that is no number, or has more than two decimals, and a field that is named twice.
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or ArgumentException or OverflowException)
        {
            var place = e is JsonException { Path: { Length: > 2 } path } ? $" at '{path[2..]}'" : "";
            throw new RefusedException(
                $"{file.Name} has a value that does not fit{place}. Amounts are texts such as \"5000.00\"; 'settings show' prints every field."
            );
        }
    }

    private static void Put(JsonObject typed, JsonObject fields, string above, string file)
    {
        foreach (var (name, value) in typed)
        {
            if (!fields.ContainsKey(name))
                throw new RefusedException(
                    $"{file} has the field '{above}{name}', which is unknown. Known are {string.Join(", ", fields.Select(f => above + f.Key))}."
                );
            if (value is JsonObject part && fields[name] is JsonObject known)
                Put(part, known, $"{above}{name}.", file);
            else
                fields[name] = value?.DeepClone();
        }
    }
}
