using Association.Platform.Data;
using Dapper;

namespace Association.Platform.Mail.Operation;

/// <summary>Which mails.</summary>
/// <param name="Text">In name, address or subject.</param>
/// <param name="State">How far they came.</param>
/// <param name="Kind">What they are about: <c>invitation</c>.</param>
/// <param name="Undeliverable">Only those that need somebody: refused, or too late.</param>
public sealed record MailFilter(string? Text = null, MailState? State = null, string? Kind = null, bool Undeliverable = false)
{
    /// <summary>The one place that turns a filter into SQL; the table is called <c>m</c>.</summary>
    internal string ToSql(DynamicParameters parameters)
    {
        var conditions = new List<string> { "true" };
        Add(
            Text is { Length: > 0 } text ? $"%{Escaped(text)}%" : null,
            "(m.recipient_name ilike @text or m.recipient_address ilike @text or m.subject ilike @text)",
            "text"
        );
        Add(State is { } state ? EnumText.Of(state) : null, "m.state = @state", "state");
        Add(Kind is { Length: > 0 } kind ? kind : null, "m.kind = @kind", "kind");
        if (Undeliverable)
            conditions.Add("m.state in ('refused', 'expired')");
        return string.Join(" and ", conditions);

        void Add(string? value, string condition, string name)
        {
            if (value is null)
                return;
            conditions.Add(condition);
            parameters.Add(name, value);
        }
    }

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
