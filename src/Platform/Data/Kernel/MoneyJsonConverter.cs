using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Association.Platform.Data.Kernel;

/// <summary>Writes amounts as strings (<c>"1234.56"</c>), so that no reader makes a binary fraction of them.</summary>
public sealed class MoneyJsonConverter : JsonConverter<Money>
{
    /// <inheritdoc/>
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(decimal.Parse(reader.GetString()!, NumberStyles.Number, CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
