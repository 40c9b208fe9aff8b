using System.Text.Encodings.Web;
using System.Text.Json;
using Association.Platform.Data.Kernel;

namespace Association.Platform.Web.CommandLine;

/// <summary>JSON as verbs print it: camelCase, amounts as strings, dates as <c>2027-02-15</c>.</summary>
public static class VerbJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it goes to a terminal or a program, never into a page
        Converters = { new MoneyJsonConverter(), new EntityIdJsonConverterFactory() },
    };

    /// <summary>The answer with its own type's properties.</summary>
    public static string Serialize(object answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return JsonSerializer.Serialize(answer, answer.GetType(), Options);
    }
}
