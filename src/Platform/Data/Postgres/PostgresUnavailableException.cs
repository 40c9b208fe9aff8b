namespace Association.Platform.Data.Postgres;

/// <summary>The embedded PostgreSQL cannot be had; the message says why and what to do.</summary>
public sealed class PostgresUnavailableException(string message) : Exception(message);
