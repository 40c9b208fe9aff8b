using System.Globalization;
using Association.Office.Contracts;
using Microsoft.AspNetCore.WebUtilities;

namespace Association.Office.Operation.Messages;

/// <summary>Addresses of the pages about messages, and what they carry.</summary>
internal static class MessagesUrl
{
    public const string Queues = OfficePages.Messages;
    public const string Scheduled = OfficePages.Messages + "/scheduled";
    public const string Dead = OfficePages.Messages + "/dead";
    public const string Replay = OfficePages.Messages + "/dead/replay";
    public const string Discard = OfficePages.Messages + "/dead/discard";

    /// <summary>One dead letter.</summary>
    public static string Letter(Guid id, string queue) => QueryHelpers.AddQueryString($"{Dead}/{id}", "queue", queue);

    /// <summary>Dead letters of one queue.</summary>
    public static string DeadOf(string queue) => QueryHelpers.AddQueryString(Dead, "queue", queue);

    /// <summary>Where a page of rows ends, in an address.</summary>
    public static string Key(DateTime at, Guid id) => $"{at.Ticks.ToString(CultureInfo.InvariantCulture)}~{id}";

    /// <summary>The reverse; null for what is no such key.</summary>
    public static (DateTime At, Guid Id)? ReadKey(string? key) =>
        key?.Split('~') is [var ticks, var id]
        && long.TryParse(ticks, CultureInfo.InvariantCulture, out var t)
        && t >= 0
        && t <= DateTime.MaxValue.Ticks
        && Guid.TryParse(id, out var guid)
            ? (new DateTime(t, DateTimeKind.Utc), guid)
            : null;
}
