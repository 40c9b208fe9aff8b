using System.Text.Json;
using Association.Membership.Import.Reading;

namespace Association.Membership.Import.Mapping;

/// <summary>
/// A mapping written down: <c>{"columns": {"Giro": "iban", "M": "priorDues:2026"}, "categories": {"Verein": "welfare", "*": "company"}}</c>.
/// </summary>
internal static class MappingFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNameCaseInsensitive = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <exception cref="ImportRefusedException">The file is no such JSON.</exception>
    public static MappingChoices Read(ReadOnlySpan<byte> json, string fileName)
    {
        try
        {
            var content = JsonSerializer.Deserialize<Content>(json, Options) ?? throw new JsonException();
            return new MappingChoices(content.Columns ?? [], content.Categories ?? []);
        }
        catch (JsonException)
        {
            throw new ImportRefusedException(new Reason("MappingFile", fileName));
        }
    }

    private sealed record Content(Dictionary<string, string>? Columns, Dictionary<string, string>? Categories);
}
