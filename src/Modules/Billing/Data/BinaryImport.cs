using Npgsql;
using NpgsqlTypes;

namespace Association.Billing.Data;

/// <summary>Nullable columns of a COPY.</summary>
internal static class BinaryImport
{
    public static Task WriteIdAsync(this NpgsqlBinaryImporter copy, Guid? value, CancellationToken ct) =>
        value is { } id ? copy.WriteAsync(id, NpgsqlDbType.Uuid, ct) : copy.WriteNullAsync(ct);

    public static Task WriteNumberAsync(this NpgsqlBinaryImporter copy, int? value, CancellationToken ct) =>
        value is { } number ? copy.WriteAsync(number, NpgsqlDbType.Integer, ct) : copy.WriteNullAsync(ct);

    public static Task WriteTextAsync(this NpgsqlBinaryImporter copy, string? value, CancellationToken ct) =>
        value is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(value, NpgsqlDbType.Text, ct);

    public static Task WriteDateAsync(this NpgsqlBinaryImporter copy, DateOnly? value, CancellationToken ct) =>
        value is { } date ? copy.WriteAsync(date, NpgsqlDbType.Date, ct) : copy.WriteNullAsync(ct);
}
