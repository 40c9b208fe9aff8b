using System.Text.Json;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Dues.Regulation.Sample;

/// <summary>The sample regulation of 2027, as data beside the code (<c>sample-regulation-2027.json</c>).</summary>
internal static class SampleRegulation
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new MoneyJsonConverter(), new EntityIdJsonConverterFactory() },
    };

    public static DuesRegulation Read()
    {
        using var stream = typeof(SampleRegulation).Assembly.GetManifestResourceStream(typeof(SampleRegulation), "sample-regulation-2027.json")!;
        return JsonSerializer.Deserialize<DuesRegulation>(stream, Options)!;
    }
}
