using Association.Office.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Web;
using Association.Platform.Web.Components;
using Microsoft.Extensions.Localization;

namespace Association.Office.Today.Digests;

/// <summary>
/// <em>Heute</em> as a mail: kinds of tasks and how many, and where they are done. A mail leaves the house and lies in a mailbox that others may read, so no
/// name of a member and no amount stands in it.
/// </summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain.</param>
internal sealed record DigestMail(string Subject, string Text)
{
    // What is left for some day is no reason for a mail; it is counted in one that comes anyway.
    private static readonly TaskTime[] Pressing = [TaskTime.Overdue, TaskTime.Today, TaskTime.ThisWeek];

    /// <summary>The mail, in the language of the thread; null when nothing is due for this person.</summary>
    /// <param name="actor">Whose.</param>
    /// <param name="tasks">As <em>Heute</em> has them for her; what is put off, and what a colleague takes, is left out.</param>
    /// <param name="days">On which days she gets it.</param>
    /// <param name="address">Of the office.</param>
    /// <param name="profile">Of the association.</param>
    /// <param name="texts">In all languages.</param>
    public static DigestMail? Of(
        Actor actor,
        IReadOnlyList<DueTask> tasks,
        IReadOnlyList<DayOfWeek> days,
        PublicAddress address,
        AssociationProfile profile,
        IStringLocalizer<DigestTexts> texts
    )
    {
        var open = tasks.Where(t => t.IsOpen && (t.Agreed?.AssignedTo is null || t.IsOf(actor))).ToList();
        var pressing = open.Where(t => Pressing.Contains(t.When)).ToList();
        if (pressing.Count == 0)
            return null;
        var urgent = pressing.Count(t => t.When != TaskTime.ThisWeek);
        var subject = texts["Mail.Subject", new Count(pressing.Count)].Value;
        var parts = new List<string> { texts["Mail.Salutation", actor.Name], texts["Mail.Lead", new Count(pressing.Count)] };
        parts.AddRange(pressing.GroupBy(t => t.When).OrderBy(g => g.Key).Select(g => Section(g, texts)));
        if (open.Count > pressing.Count)
            parts.Add(texts["Mail.Later", new Count(open.Count - pressing.Count)]);
        if (open.Count(t => t.IsOf(actor)) is var own and > 0)
            parts.Add(texts["Mail.Own", new Count(own)]);
        parts.Add(address.Site is { } site ? texts["Mail.Link", site + ShellPages.Today] : texts["Mail.NoLink"]);
        parts.Add(texts["Mail.NoNames"]);
        var change = address.Site is { } at ? texts["Mail.Change", at + OfficePages.Digest].Value : texts["Mail.ChangeThere"].Value;
        parts.Add(days.Count == 0 ? change : $"{texts["Mail.Days", DigestWords.Of(days, texts)].Value}\n{change}");
        parts.Add(profile.Name);
        return new DigestMail(urgent == 0 ? subject : $"{subject} {texts["Mail.SubjectUrgent", new Count(urgent)].Value}", string.Join("\n\n", parts));
    }

    private static string Section(IGrouping<TaskTime, DueTask> time, IStringLocalizer<DigestTexts> texts) =>
        string.Join(
            '\n',
            [texts[$"Mail.{time.Key}"], .. time.GroupBy(t => t.Row.Group).Select(group => $"* {texts["Mail.Kind", group.Key, new Count(group.Count())]}")]
        );
}

/// <summary>Days in words.</summary>
internal static class DigestWords
{
    /// <summary>„Montag, Mittwoch und Freitag“, in the language of the thread.</summary>
    public static string Of(IReadOnlyList<DayOfWeek> days, IStringLocalizer<DigestTexts> texts) =>
        days.Order().Select(NameOf).ToList() switch
        {
            [] => texts["Days.None"],
            [var one] => one,
            [.. var others, var last] => texts["Days.And", string.Join(", ", others), last],
        };

    /// <summary>„Montag“.</summary>
    public static string NameOf(DayOfWeek day) => System.Globalization.CultureInfo.CurrentCulture.DateTimeFormat.GetDayName(day);
}
