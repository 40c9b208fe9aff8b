using Association.Platform.Data.Approvals;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.Modules;

/// <summary>What a second person did not agree to, on <em>Heute</em> for whoever may ask for it anew: one way for all that needs a second person.</summary>
public sealed class RefusalRows(TimeProvider clock, IStringLocalizer<WebTexts> texts)
{
    // A refusal is read within these days, or asked for anew.
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(14);

    /// <summary>What was refused since this time is shown, unless it was asked for anew.</summary>
    public DateTimeOffset Since => clock.GetUtcNow() - Fresh;

    /// <summary>The line for one of them.</summary>
    /// <param name="group">Of the line.</param>
    /// <param name="what">„Storno von BR-2027-00001“.</param>
    /// <param name="refused">By whom, when and why.</param>
    /// <param name="href">Where it is asked for.</param>
    public TodayRow Of(string group, string what, Approval refused, string href) =>
        new(
            group,
            texts["Approval.Today", what],
            texts["Approval.RefusedBy", refused.EndedByName!, Formats.Of(refused.EndedAt!.Value), refused.Refusal!],
            href,
            texts["Approval.TodayAction"],
            Urgency.Soon
        );
}
