using System.Globalization;
using Association.Office.Contracts;
using Association.Platform.Mail;
using Association.Platform.Mail.Operation;
using Microsoft.AspNetCore.WebUtilities;

namespace Association.Office.Operation.Outgoing;

/// <summary>Addresses of the pages about outgoing mail, and what they carry.</summary>
internal static class OutgoingUrl
{
    public const string All = OfficePages.Mail;
    public const string Export = All + "/list.xlsx";
    public const string Undeliverable = All + "?undeliverable=1";

    /// <summary>Those in one state.</summary>
    public static string In(MailState state) => $"{All}?state={state}";

    /// <summary>A page or a file with this filter.</summary>
    public static string With(string path, MailFilter filter) =>
        QueryHelpers.AddQueryString(
            path,
            new Dictionary<string, string?>
            {
                ["q"] = filter.Text,
                ["state"] = filter.State?.ToString(),
                ["kind"] = filter.Kind,
                ["undeliverable"] = filter.Undeliverable ? "1" : null,
            }
        );

    /// <summary>The filter of an address; what is no value of it counts as nothing.</summary>
    public static MailFilter Filter(string? text, string? state, string? kind, string? undeliverable) =>
        new(
            string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
            Enum.TryParse<MailState>(state, out var known) && Enum.IsDefined(known) ? known : null,
            string.IsNullOrWhiteSpace(kind) ? null : kind,
            undeliverable == "1"
        );

    /// <summary>Where a page of rows ends.</summary>
    public static string Key(MailView last) => $"{last.CreatedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)}~{last.Id}";

    /// <summary>The reverse; null for what is no such key.</summary>
    public static MailKey? ReadKey(string? key) =>
        key?.Split('~') is [var ticks, var id]
        && long.TryParse(ticks, CultureInfo.InvariantCulture, out var t)
        && t >= 0
        && t <= DateTime.MaxValue.Ticks
        && Guid.TryParse(id, out var guid)
            ? new MailKey(new DateTimeOffset(t, TimeSpan.Zero), guid)
            : null;
}
