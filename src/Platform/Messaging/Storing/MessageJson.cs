using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Association.Platform.Data.Kernel;
using Wolverine;
using Wolverine.Runtime.Serialization;

namespace Association.Platform.Messaging.Storing;

/// <summary>How message bodies are written; readable in the database and by the next release.</summary>
internal sealed class MessageJson : IMessageSerializer
{
    /// <summary>A message carries ids, not contents; a longer body is a mistake and is refused before it is stored.</summary>
    public const int MaxBytes = 1_000_000;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // read by people in the dead letters, never by a browser as script
        RespectRequiredConstructorParameters = true, // a body that lacks a value is a dead letter, not a message about nothing
        Converters = { new EntityIdJsonConverterFactory(), new MoneyJsonConverter(), new JsonStringEnumConverter() },
    };

    /// <exception cref="InvalidOperationException">The body is too long, or holds a character that no column takes.</exception>
    public static string Write(object message)
    {
        var body = JsonSerializer.Serialize(message, message.GetType(), Options);
        if (body.Length > MaxBytes)
            throw new InvalidOperationException(
                $"{message.GetType().Name} is {body.Length:N0} characters long; a message carries ids and has at most {MaxBytes:N0}."
            );
        if (HoldsNul(body))
            throw new InvalidOperationException($"{message.GetType().Name} holds the character NUL, which PostgreSQL does not store in a text.");
        return body;
    }

    // As an escape; an escaped backslash before "u0000" is harmless text.
    private static bool HoldsNul(string body)
    {
        for (var at = body.IndexOf("\\u0000", StringComparison.Ordinal); at >= 0; at = body.IndexOf("\\u0000", at + 1, StringComparison.Ordinal))
        {
            var slashes = 1;
            while (at - slashes >= 0 && body[at - slashes] == '\\')
                slashes++;
            if (slashes % 2 == 1)
                return true;
        }
        return false;
    }

    /// <exception cref="JsonException">The body does not fit the type.</exception>
    public static object Read(string body, Type type) => JsonSerializer.Deserialize(body, type, Options) ?? throw new JsonException("The body is empty.");

    string IMessageSerializer.ContentType => EnvelopeConstants.JsonContentType;

    byte[] IMessageSerializer.Write(Envelope envelope) => Encoding.UTF8.GetBytes(Write(envelope.Message!));

    byte[] IMessageSerializer.WriteMessage(object message) => Encoding.UTF8.GetBytes(Write(message));

    /// <exception cref="UnreadableMessageException">The body does not fit this release.</exception>
    object IMessageSerializer.ReadFromData(Type messageType, Envelope envelope)
    {
        try
        {
            return Read(Encoding.UTF8.GetString(envelope.Data!), messageType);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException or ArgumentException or OverflowException)
        {
            throw new UnreadableMessageException($"The body of '{envelope.MessageType}' does not fit this release: {e.Message}", e);
        }
    }

    object IMessageSerializer.ReadFromData(byte[] data) => throw new NotSupportedException("A message is read by its name.");
}
