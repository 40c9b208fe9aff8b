using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;

namespace Association.Events.Attending;

/// <summary>A ticket to be printed or shown: its code leads whoever stands at the door to the page that lets in.</summary>
internal static class TicketFile
{
    /// <param name="plan">Of the event.</param>
    /// <param name="name">Whose.</param>
    /// <param name="organisation">May be empty.</param>
    /// <param name="code">At the door.</param>
    /// <param name="language">Hers.</param>
    /// <param name="site">Where the office works.</param>
    /// <param name="association">For the letterhead.</param>
    public static byte[] Of(EventPlan plan, string name, string organisation, string code, string language, string site, AssociationProfile association)
    {
        var say = LetterLanguage.Of(language, typeof(AttendingTexts));
        var (day, shown) = (say.Date(plan.Day), TicketCodes.Shown(code));
        return Letter.Render(
            new LetterContent(
                $"{say["Ticket"]} {shown}",
                say.Code,
                plan.ChangedAt,
                LetterSender.Of(association, say.Code),
                [.. new[] { name, organisation }.Where(line => line.Length > 0)],
                [
                    new LetterFact(say["Ticket.Day"], day),
                    new LetterFact(say["Ticket.Time"], ClockTime.Short(plan.Starts)),
                    new LetterFact(say["Field.Code"], shown, Strong: true),
                ],
                plan.Title.In(language),
                [
                    new LetterParagraph(plan.Venue is { } venue ? $"{venue.Name}\n{venue.Address}" : say["Ticket.Online"]),
                    new LetterLinkBox(
                        say["Ticket"],
                        say["Ticket.Text"],
                        [new LetterFact(say["Field.Code"], shown, Strong: true)],
                        site + EventsPages.ScannedTicket(code),
                        say["Ticket.Caption"]
                    ),
                ]
            )
        );
    }
}
