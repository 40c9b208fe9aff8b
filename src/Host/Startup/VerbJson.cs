using System.Text.Encodings.Web;
using System.Text.Json;
using Association.Platform.Data.Kernel;

namespace Association.Host.Startup;

/// <summary>JSON as verbs print it: camelCase, amounts as strings, dates as <c>2027-02-15</c>.</summary>
internal static class VerbJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it goes to a terminal or a program, never into a page
        Converters = { new MoneyJsonConverter(), new EntityIdJsonConverterFactory() },
    };

    public static string Serialize(object answer) => JsonSerializer.Serialize(answer, answer.GetType(), Options);
}
