using Association.Events.Planning.Model;
using Association.Platform.Web.Components;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Record;

/// <summary>Reads what the forms of a plan have in common.</summary>
internal static class PlanPost
{
    /// <summary>A text in three languages.</summary>
    public static Words Words(this FormPost post, string name) => new(post.Text(name + "De"), post.Text(name + "Fr"), post.Text(name + "En"));

    /// <summary>A day (<c>StartsOn</c>) with a time (<c>StartsAt</c>); a problem when one of them is missing or none.</summary>
    public static DateTime Clock(this FormPost post, string name, IStringLocalizer<EventTexts> texts) =>
        post.Date(name + "On").ToDateTime(Time(post, name + "At", texts) ?? Missing(post, name + "At", texts));

    /// <summary>The same, where both may be empty; without a time, the one given.</summary>
    public static DateTime? ClockOrNull(this FormPost post, string name, TimeOnly usual, IStringLocalizer<EventTexts> texts)
    {
        var (day, time) = (post.DateOrNull(name + "On"), Time(post, name + "At", texts));
        if (day is null && time is not null && post.Text(name + "On").Length == 0)
            post.Add(name + "On", texts["Problem.DayMissing"]);
        return day?.ToDateTime(time ?? usual);
    }

    private static TimeOnly? Time(FormPost post, string field, IStringLocalizer<EventTexts> texts)
    {
        if (post.Text(field) is not { Length: > 0 } text)
            return null;
        if (ClockTime.TryRead(text, out var time))
            return time;
        post.Add(field, texts["Problem.Time"]);
        return TimeOnly.MinValue;
    }

    private static TimeOnly Missing(FormPost post, string field, IStringLocalizer<EventTexts> texts)
    {
        post.Add(field, texts["Problem.TimeMissing"]);
        return TimeOnly.MinValue;
    }
}
