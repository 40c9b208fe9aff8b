using Association.Platform.Data;
using Association.Platform.Data.Lists;

namespace Association.Platform.Mail.Operation;

/// <summary>Which mails.</summary>
/// <param name="Text">In name, address or subject.</param>
/// <param name="State">How far they came.</param>
/// <param name="Kind">What they are about: <c>invitation</c>.</param>
/// <param name="Undeliverable">Only those that need somebody: refused, or too late.</param>
public sealed record MailFilter(string? Text = null, MailState? State = null, string? Kind = null, bool Undeliverable = false)
{
    /// <summary>The one place that turns a filter into SQL; the table is called <c>m</c>.</summary>
    internal SqlConditions ToSql()
    {
        var conditions = new SqlConditions()
            .When(
                Text is { Length: > 0 } text ? $"%{SqlLike.Escape(text)}%" : null,
                "(platform.fold(m.recipient_name || ' ' || m.subject) like platform.fold(@text) or m.recipient_address ilike @text)",
                "text"
            )
            .When(State is { } state ? EnumText.Of(state) : null, "m.state = @state", "state")
            .When(Kind is { Length: > 0 } kind ? kind : null, "m.kind = @kind", "kind");
        return Undeliverable ? conditions.And("m.state in ('refused', 'expired')") : conditions;
    }
}
