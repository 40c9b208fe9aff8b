using Association.Host.Installations;
using Association.Platform.Data;
using Association.Platform.Data.Backups;
using Association.Platform.Data.Migrations;
using Association.Platform.Data.Postgres;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Model;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Modules;
using Npgsql;

namespace Association.Host.Startup;

/// <summary>What a failure means for the person at the command line.</summary>
internal static class Sentences
{
    private const string AdminShutdown = PostgresErrorCodes.AdminShutdown;
    private const string CrashShutdown = PostgresErrorCodes.CrashShutdown;
    private const string CannotConnectNow = PostgresErrorCodes.CannotConnectNow;

    /// <summary>The sentences; none for a failure that is a defect of the product, which must show its stack.</summary>
    public static IReadOnlyList<string> For(Exception failure, Invocation invocation) =>
        failure switch
        {
            ProblemsException problems => [.. problems.Problems.Select(p => p.Text)],
            PermissionDeniedException denied =>
            [
                $"{(invocation.Login is { } login ? $"'{login}'" : "Without --as, the command line")} may not do this: it needs the permission '{denied.Permission}'.",
            ],
            RefusedException
            or MessagingModelException
            or JobDeclarationException
            or PostgresUnavailableException
            or MigrationException
            or BackupException
            or ConcurrentEditException
            or AlreadySubmittedException => [failure.Message],
            _ when DiskRoom.IsMissingInDatabase(failure) =>
            [
                "The database has no room left on its disk; what was being written was taken back. Make room there and call it again.",
            ],
            _ when failure.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.OutOfMemory } =>
            [
                "The database has no memory left; what was being written was taken back. End what else runs on its machine, or give it more, and call it again.",
            ],
            _ when DiskRoom.IsMissingFor(failure) =>
            [
                $"There is no room left on the disk, and no half file was kept. Make room and call it again. ({failure.Message})",
            ],
            OperationCanceledException => ["Cancelled; nothing half-done was kept."],
            FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException => [failure.Message],
            PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused => [$"The database refused: {refused.MessageText}"],
            NpgsqlException { InnerException: System.Net.Sockets.SocketException } =>
            [
                "The database server does not answer. Is the address in ConnectionStrings__Association right, and does the server run?",
            ],
            NpgsqlException { InnerException: IOException } or PostgresException { SqlState: AdminShutdown or CrashShutdown or CannotConnectNow } =>
            [
                "The database server broke the connection off; what was being written was taken back. Its log says why: a full disk, or somebody stopped it.",
            ],
            _ => [],
        };
}
