using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;

namespace Association.Host.Verbs;

/// <summary>How commands and queries, and what they answer, are written for <c>invoke</c>.</summary>
internal static class InvokeJson
{
    /// <summary>Like the other verbs' JSON; a value too many is refused like one too few.</summary>
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it goes to a terminal or a program, never into a page
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            ReferenceHandler = ReferenceHandler.IgnoreCycles,
            IncludeFields = true, // the parts of tuples
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameDerivedTypes } },
            Converters =
            {
                new MoneyJsonConverter(),
                new EntityIdJsonConverterFactory(),
                new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false),
                new BytesOfFile(),
                new MemoryOfFile(),
                new NewFile(),
            },
        };

    /// <summary>Gives the file that a message wrote its name, when it is complete; none is left otherwise.</summary>
    public static void KeepFile(object message, bool complete)
    {
        foreach (
            var file in message.GetType().GetProperties().Where(p => p.PropertyType == typeof(Stream)).Select(p => p.GetValue(message)).OfType<FileStream>()
        )
            OutputFile.End(file, complete, overwrite: false);
    }

    /// <summary>What fits, as JSON Schema.</summary>
    public static JsonNode SchemaOf(Type type) => Describing.GetJsonSchemaAsNode(type, Described);

    // What a converter writes is unknown to the exporter.
    private static readonly JsonSchemaExporterOptions Described = new()
    {
        TransformSchemaNode = (context, schema) =>
        {
            var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
            return type == typeof(Money) ? Text("pattern", @"^-?\d+(\.\d{1,2})?$")
                : type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEntityId<>)) ? Text("format", "uuid")
                : type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) || type == typeof(Stream) ? Text("description", "the path of a file")
                : schema;
        },
    };

    private static readonly JsonSerializerOptions Describing = new(Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameDerivedTypes, ForgetConstructor } },
    };

    // The exporter writes the default of every parameter and fails at that of a struct (Money x = default); such a type is described by its properties alone.
    private static void ForgetConstructor(JsonTypeInfo info)
    {
        var parameters = info.Type.GetConstructors().SelectMany(c => c.GetParameters());
        if (
            info.Kind == JsonTypeInfoKind.Object
            && parameters.Any(p =>
                p is { HasDefaultValue: true, DefaultValue: null, ParameterType.IsValueType: true } && Nullable.GetUnderlyingType(p.ParameterType) is null
            )
        )
            info.CreateObject = () => throw new NotSupportedException();
    }

    private static JsonObject Text(string keyword, string value) => new() { ["type"] = "string", [keyword] = value };

    // A value of several forms (a rule of the regulation) says by "kind" which one it is.
    private static void NameDerivedTypes(JsonTypeInfo info)
    {
        if (!info.Type.IsAbstract || info.Type.IsInterface || info.Type.Assembly.GetName().Name?.StartsWith("Association.", StringComparison.Ordinal) != true)
            return;
        var forms = info.Type.Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(info.Type)).ToList();
        if (forms.Count == 0)
            return;
        info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "kind" };
        foreach (var form in forms)
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(form, JsonNamingPolicy.CamelCase.ConvertName(form.Name)));
    }

    private static byte[] ReadFile(ref Utf8JsonReader reader)
    {
        var path = NameOfFile(ref reader);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (InputFile.IsOfFile(e))
        {
            throw new UnusableFileException(path, e, toWrite: false);
        }
    }

    private static FileStream BeginFile(ref Utf8JsonReader reader)
    {
        var path = NameOfFile(ref reader);
        try
        {
            return File.Exists(path) ? throw new RefusedException($"{path} is there already and is not overwritten.") : OutputFile.Begin(path);
        }
        catch (Exception e) when (InputFile.IsOfFile(e))
        {
            throw new UnusableFileException(path, e, toWrite: true);
        }
    }

    private static string NameOfFile(ref Utf8JsonReader reader) =>
        reader.GetString() is { Length: > 0 } path ? path : throw new JsonException("The name of a file is wanted.");

    /// <summary>In: the path of a file to read. Out: base64.</summary>
    private sealed class BytesOfFile : JsonConverter<byte[]>
    {
        public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadFile(ref reader);

        public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value);
    }

    /// <summary>In: the path of a file to read. Out: base64.</summary>
    private sealed class MemoryOfFile : JsonConverter<ReadOnlyMemory<byte>>
    {
        public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadFile(ref reader);

        public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(value.Span);
    }

    /// <summary>In: the path of a file to write, which must not exist. It bears another name until <see cref="KeepFile"/>.</summary>
    private sealed class NewFile : JsonConverter<Stream>
    {
        public override Stream Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => BeginFile(ref reader);

        public override void Write(Utf8JsonWriter writer, Stream value, JsonSerializerOptions options) =>
            throw new NotSupportedException("A file is written to its path, not into an answer.");
    }
}

/// <summary>A file that the values of a command name cannot be read, or written.</summary>
internal sealed class UnusableFileException(string path, Exception why, bool toWrite) : Exception(why.Message, why)
{
    /// <summary>What to say to the person.</summary>
    public ProblemsException Said(VerbContext context) =>
        toWrite ? OutputFile.Refused(context, path, InnerException!) : InputFile.Refused(context, path, InnerException!);
}
