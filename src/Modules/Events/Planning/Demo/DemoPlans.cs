using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Data.Kernel;

namespace Association.Events.Planning.Demo;

/// <summary>The invented events; their days follow the day of the demo.</summary>
internal static class DemoPlans
{
    private static readonly Venue Hall = new(
        "Kongresshalle Saarbrücken",
        "Hafenstraße 12",
        "66111",
        "Saarbrücken",
        "DE",
        new(
            "Haltestelle Kongresshalle, sechs Minuten vom Hauptbahnhof. Stufenloser Zugang. Parkhaus gegenüber.",
            "Arrêt Kongresshalle, à six minutes de la gare. Accès sans marches. Parking en face.",
            "Stop Kongresshalle, six minutes from the main station. Step-free access. Car park opposite."
        )
    );

    private static readonly Venue Arsenal = new(
        "Arsenal",
        "3 avenue Ney",
        "57000",
        "Metz",
        "FR",
        new("Vom Bahnhof Metz zwölf Minuten zu Fuß.", "À douze minutes à pied de la gare de Metz.", "Twelve minutes on foot from Metz station.")
    );

    /// <summary>The next one first, then the one that is over. Their numbers are given when they are stored.</summary>
    public static IEnumerable<EventPlan> All(DateOnly today, DateTimeOffset now) =>
        [
            Talk(Thursday(today, 4), now),
            Forum(Thursday(today, 7), now),
            Congress(Thursday(today, 15), now),
            Seminar(Thursday(today, 22), now),
            Past(Thursday(today, -9), now),
        ];

    private static EventPlan Forum(DateOnly day, DateTimeOffset now)
    {
        var (hall, gross, oeztuerk) = (
            new Room(Guid.CreateVersion7(), "Großer Saal", 180),
            Person("Dr. Nora Groß", new("Vorsitzende der Gesundheitsregion", "Présidente du réseau", "Chair of the region"), true),
            Person("Björn Öztürk", new("Waldkrankenhaus Lebach gGmbH"), true)
        );
        return Begin(
            "gesundheitsforum-pflege-" + day.Year,
            EventKind.HealthForum,
            new("Wer pflegt uns morgen?", "Qui nous soignera demain ?", "Who will care for us tomorrow?"),
            day,
            (17, 0),
            (20, 0),
            now
        ) with
        {
            Stage = EventStage.Published,
            PublishedAt = now,
            Series = "Gesundheitsforum",
            Summary = new(
                "Ein Abend für alle, die Pflege brauchen, leisten oder bezahlen: zwei Impulse, viel Zeit zum Reden.",
                "Une soirée pour toutes celles et tous ceux qui ont besoin de soins, les donnent ou les financent.",
                "An evening for everybody who needs, gives or pays for care: two talks, much time for questions."
            ),
            Description = new(
                "Die Region altert schneller als das Land. **Was heißt das für Kliniken, Dienste und Familien?**\n\n"
                    + "- Zahlen aus dem Pflegebericht\n- Springerpools: gemeinsam statt gegeneinander\n- Fragen aus dem Saal\n\nDer Eintritt ist frei."
            ),
            Venue = Hall,
            Rooms = [hall],
            People = [gross, oeztuerk],
            Sessions =
            [
                Part(day, (17, 0), (17, 15), new("Begrüßung", "Accueil", "Welcome"), hall, gross),
                Part(day, (17, 15), (18, 15), new("Springerpools: gemeinsam statt gegeneinander"), hall, oeztuerk),
                Pause(day, (18, 15), (18, 45), new("Pause mit Imbiss", "Pause et buffet", "Break with snacks")),
                Part(day, (18, 45), (20, 0), new("Fragen aus dem Saal", "Questions du public", "Questions from the floor"), hall, gross, oeztuerk),
            ],
            Tickets = [Ticket(new("Eintritt", "Entrée", "Admission"), 0, 0)],
            Registration = new(Seats: 180, WaitingList: true),
            Checklist =
            [
                new(Guid.CreateVersion7(), "Imbiss bestellen", day.AddDays(-14), null),
                new(Guid.CreateVersion7(), "Saal bestellen", null, day.AddDays(-60)),
            ],
        };
    }

    private static EventPlan Congress(DateOnly day, DateTimeOffset now)
    {
        var esplanade = new Room(Guid.CreateVersion7(), "Salle de l’Esplanade", 220);
        var arsenal = new Room(Guid.CreateVersion7(), "Studio du Gouverneur", 60);
        var (lea, petit, weber) = (
            Person(
                "Prof. Léa Altmeyer",
                new("Pflegewissenschaft, Universität Metz", "Sciences infirmières, Université de Metz", "Nursing science, University of Metz"),
                true
            ),
            Person("Cécile Petit", new("Réseau Soins Moselle"), true),
            Person("Marc Weber", new("Gesundheitsministerium Luxemburg", "Ministère de la Santé, Luxembourg", "Ministry of Health, Luxembourg"), true)
        );
        return Begin(
            "pflege-ueber-grenzen-" + day.Year,
            EventKind.Congress,
            new(
                "Pflege über Grenzen: Was Saarland, Lothringen und Luxemburg voneinander lernen",
                "Soigner sans frontières : ce que la Sarre, la Lorraine et le Luxembourg apprennent les uns des autres",
                "Care across borders: what Saarland, Lorraine and Luxembourg learn from each other"
            ),
            day,
            (9, 30),
            (17, 0),
            now
        ) with
        {
            Stage = EventStage.Published,
            PublishedAt = now,
            Summary = new(
                "Ein Tag in Metz mit Partnern aus drei Ländern, auf Deutsch und Französisch mit Übersetzung.",
                "Une journée à Metz avec des partenaires de trois pays, en français et en allemand avec interprétation.",
                "A day in Metz with partners from three countries, in German and French with interpreting."
            ),
            Description = new(
                "Patientinnen und Patienten überschreiten die Grenze jeden Tag. Die Systeme tun sich schwer.\n\n"
                    + "Vormittags Vorträge, nachmittags zwei Werkstätten zur Wahl.",
                "Les patients passent la frontière tous les jours. Les systèmes de santé ont plus de mal.\n\n"
                    + "Conférences le matin, deux ateliers au choix l’après-midi.",
                "Patients cross the border every day. Health systems find it harder.\n\nTalks in the morning, two workshops to choose from in the afternoon."
            ),
            Venue = Arsenal,
            Online = true,
            OnlineLink = "https://konferenz.bliesland.example/metz",
            Rooms = [esplanade, arsenal],
            People = [lea, petit, weber],
            Sessions =
            [
                Part(day, (9, 30), (10, 45), new("Ein Patient, drei Systeme", "Un patient, trois systèmes", "One patient, three systems"), esplanade, lea),
                Pause(day, (10, 45), (11, 15), new("Kaffee", "Café", "Coffee")),
                Part(
                    day,
                    (11, 15),
                    (12, 30),
                    new("Was Luxemburg anders macht", "Ce que le Luxembourg fait autrement", "What Luxembourg does differently"),
                    esplanade,
                    weber
                ),
                Pause(day, (12, 30), (13, 30), new("Mittagessen", "Déjeuner", "Lunch")),
                Part(day, (13, 30), (15, 30), new("Werkstatt Telepflege", "Atelier télésoins", "Workshop on telecare"), esplanade, petit) with
                {
                    Bookable = true,
                },
                Part(day, (13, 30), (15, 30), new("Werkstatt Sprachmittlung", "Atelier médiation linguistique", "Workshop on interpreting"), arsenal, lea) with
                {
                    Bookable = true,
                    Seats = 40,
                },
                Part(
                    day,
                    (16, 0),
                    (17, 0),
                    new("Was wir gemeinsam anfangen", "Ce que nous entreprenons ensemble", "What we start together"),
                    esplanade,
                    lea,
                    weber
                ),
            ],
            Tickets =
            [
                Ticket(new("Mitglied", "Membre", "Member"), 38, 19) with
                {
                    For = TicketFor.Members,
                },
                Ticket(new("Frühbucher", "Tarif anticipé", "Early bird"), 75, 19) with
                {
                    Until = day.AddDays(-42),
                },
                Ticket(new("Gast", "Invité", "Guest"), 95, 19),
            ],
            Registration = new(
                Closes: day.AddDays(-7).ToDateTime(new TimeOnly(23, 59)),
                Seats: 220,
                WaitingList: true,
                CancelUntil: day.AddDays(-14),
                CancelPercent: 50
            ),
            Checklist =
            [
                new(Guid.CreateVersion7(), "Dolmetscherinnen anfragen", day.AddDays(-60), null),
                new(Guid.CreateVersion7(), "Programm drucken", day.AddDays(-21), null),
            ],
        };
    }

    private static EventPlan Talk(DateOnly day, DateTimeOffset now) =>
        Begin(
            "fachgespraech-notaufnahmen-" + day.Year,
            EventKind.ExpertTalk,
            new("Fachgespräch: Notaufnahmen entlasten", "Entretien : soulager les urgences", "Expert talk: relieving emergency departments"),
            day,
            (14, 0),
            (16, 0),
            now
        ) with
        {
            Stage = EventStage.Published,
            PublishedAt = now,
            Visibility = Visibility.Members,
            Summary = new(
                "Mitglieder sprechen mit Abgeordneten über Wege an der Notaufnahme vorbei.",
                "Les membres s’entretiennent avec des élus des alternatives aux urgences.",
                "Members talk with members of parliament about ways around emergency departments."
            ),
            Online = true,
            Registration = new(Seats: 30),
            Tickets = [Ticket(new("Mitglied", "Membre", "Member"), 0, 0) with { For = TicketFor.Members }],
        };

    private static EventPlan Seminar(DateOnly day, DateTimeOffset now) =>
        Begin("seminar-wundversorgung-" + day.Year, EventKind.Seminar, new("Wundversorgung kompakt"), day, (9, 0), (16, 30), now) with
        {
            Venue = Hall,
            Tickets = [Ticket(new("Mitglied"), 120, 19) with { For = TicketFor.Members }, Ticket(new("Gast"), 180, 19)],
            Registration = new(Seats: 16, WaitingList: true),
        };

    private static EventPlan Past(DateOnly day, DateTimeOffset now) =>
        Begin(
            "fortbildung-palliativ-" + day.Year,
            EventKind.Training,
            new("Palliativversorgung zu Hause", "Soins palliatifs à domicile", "Palliative care at home"),
            day,
            (15, 0),
            (18, 30),
            now
        ) with
        {
            Stage = EventStage.Published,
            PublishedAt = now,
            Summary = new(
                "Fortbildung für Hausärztinnen, Hausärzte und Pflegedienste.",
                "Formation pour médecins généralistes et services de soins.",
                "Training for general practitioners and nursing services."
            ),
            Venue = Hall,
            Tickets = [Ticket(new("Teilnahme", "Participation", "Participation"), 45, 0) with { NoVat = NoVatReason.Teaching }],
            Registration = new(Seats: 60),
        };

    private static EventPlan Begin(string slug, EventKind kind, Words title, DateOnly day, (int, int) from, (int, int) to, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Number = 0,
            Slug = slug,
            Kind = kind,
            Title = title,
            Starts = At(day, from),
            Ends = At(day, to),
            ChangedAt = now,
        };

    private static Session Part(DateOnly day, (int, int) from, (int, int) to, Words title, Room room, params EventPerson[] speakers) =>
        new(Guid.CreateVersion7(), SessionKind.Session, title, At(day, from), At(day, to), room.Id, [], [.. speakers.Select(p => p.Id)], false, null);

    private static Session Pause(DateOnly day, (int, int) from, (int, int) to, Words title) =>
        new(Guid.CreateVersion7(), SessionKind.Break, title, At(day, from), At(day, to), null, [], [], false, null);

    private static Ticket Ticket(Words name, decimal price, decimal vat) =>
        new(Guid.CreateVersion7(), name, new Money(price), vat, TicketFor.Everybody, [], null, null, null);

    private static EventPerson Person(string name, Words about, bool published) => new(Guid.CreateVersion7(), name, about, published);

    private static DateTime At(DateOnly day, (int Hour, int Minute) time) => day.ToDateTime(new TimeOnly(time.Hour, time.Minute));

    private static DateOnly Thursday(DateOnly today, int weeks) => today.AddDays((7 * weeks) + (((int)DayOfWeek.Thursday - (int)today.DayOfWeek + 7) % 7));
}
