using System.Text.Json;
using System.Text.Json.Serialization;

namespace Association.Platform.Data.Kernel;

/// <summary>A typed id: a UUID of version 7 that cannot be handed to the wrong parameter.</summary>
/// <example><c>public readonly record struct MemberId(Guid Value) : IEntityId&lt;MemberId&gt; { public static MemberId From(Guid value) => new(value);
/// }</c></example>
public interface IEntityId<TSelf>
    where TSelf : struct, IEntityId<TSelf>
{
    /// <summary>The bare UUID.</summary>
    Guid Value { get; }

    /// <summary>Wraps a UUID that was read from storage or a URL.</summary>
    static abstract TSelf From(Guid value);
}

/// <summary>Writes typed ids as plain UUID strings in JSON.</summary>
public sealed class EntityIdJsonConverterFactory : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsValueType && EntityIds.IsEntityId(typeToConvert);

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<T> : JsonConverter<T>
        where T : struct, IEntityId<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.From(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}

/// <summary>What the mappers need to know about typed ids.</summary>
public static class EntityIds
{
    /// <summary>A new id; ids sort by creation time.</summary>
    public static T New<T>()
        where T : struct, IEntityId<T> => T.From(Guid.CreateVersion7());

    /// <summary>Whether a type is a typed id.</summary>
    public static bool IsEntityId(Type type) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEntityId<>));
}
