namespace Association.Office.People.SignIn;

/// <summary>Words of which people make passwords: what is tried first in German, English and French, and what lies near in an association's office.</summary>
internal static class CommonWords
{
    private const string Words = """
        passwort password passwd pass pwd kennwort losung geheim geheimnis secret secure sicher sicherheit zugang zugangsdaten login anmelden anmeldung logon
        einloggen willkommen welcome bienvenue hallo hello hi moin servus gruezi bonjour salut test tester testing testpasswort probe demo beispiel example
        muster mustermann default standard admin administrator admini root superuser user benutzer benutzername username gast guest sysadmin systemverwaltung
        system server computer rechner laptop notebook tastatur maus windows linux ubuntu google apple microsoft facebook amazon internet netz wlan email mail
        master meister chef boss manager direktor office buero verein vereins association verband mitglied mitglieder beitrag beitraege vorstand board kasse
        kassenwart kassierer schatzmeister buchhaltung rechnung rechnungen konto bank geld euro money sparkasse volksbank spende sekretariat geschaeftsstelle
        ich du er sie es wir ihr mein meine dein deine my your our mon mes liebe lieben liebst liebt love lovely loveyou iloveyou jetaime dich mich you me baby
        schatz schatzi maus mausi hase hasi engel angel prinzessin princess prinz prince koenig king queen koenigin star sonne sonnenschein sunshine mond moon
        stern sterne himmel heaven hoelle hell gott god jesus christus teufel devil drache dragon monster monkey affe tiger loewe lion baer bear panda wolf
        adler eagle falke hund hunde dog dogs katze katzen cat cats pferd pferde horse vogel fisch fish delfin dolphin schmetterling butterfly blume blumen
        flower flowers rose rosen lilie garten baum wald wiese
        berg berge meer strand sommer summer winter herbst autumn fruehling fruehjahr spring januar februar maerz april mai juni juli august september oktober
        november dezember january february march may june july october december montag dienstag mittwoch donnerstag freitag samstag sonntag monday tuesday
        wednesday thursday friday saturday sunday heute morgen gestern jahr tag nacht night day year
        fussball football soccer handball tennis basketball baseball hockey bayern muenchen dortmund borussia schalke werder bremen hamburg hsv berlin hertha
        koeln cologne frankfurt stuttgart leipzig dresden saarbruecken saarland saarlouis homburg paris london deutschland germany france frankreich europa
        europe schweiz oesterreich
        ferrari porsche mercedes audi bmw volkswagen golf auto motorrad harley batman superman spiderman ironman pokemon starwars matrix naruto hobbit gandalf
        frodo ninja killer hunter jaeger shadow schatten phoenix thunder donner blitz feuer fire eis ice wasser water gold silber silver diamant diamond
        schwarz black weiss white rot red blau blue gruen green gelb yellow pink lila
        michael thomas andreas stefan stephan peter wolfgang klaus juergen markus martin daniel christian alexander sebastian matthias tobias florian felix
        lukas jonas leon paul max maximilian maria anna sabine petra monika susanne claudia andrea nicole stefanie sandra julia laura lisa sarah hannah emma
        mia sophie charlotte jessica jennifer michelle ashley amanda robert charlie george jordan andrew joshua matthew anthony
        familie family mama papa mutter vater oma opa bruder schwester freund freunde freundin friend friends kind kinder zuhause home haus house
        schalke arschloch scheisse fuck fuckyou ficken sex sexy hot cool super toll top geil danke bitte merci please egal nix nichts nothing keins keine none
        ja nein yes no neu neues new alt old eins zwei drei vier fuenf sechs sieben acht neun zehn one two three four five six seven eight nine ten hundert
        tausend letmein lassmichrein einlass open offen sesam oeffne changeme aendern aendermich change wechsel bitteaendern temp temporaer temporary access
        qwertz qwerty qwertzu azerty asdf asdfgh yxcv yxcvbn abc abcd abcde abcdef xyz aaa xxx trustno whatever trust vertrauen freiheit freedom frieden peace
        gesundheit health praxis arzt doktor doctor klinik apotheke krankenhaus pflege region netz netzwerk network cluster
        musik music gitarre guitar piano klavier rock metal bier beer wein wine kaffee coffee kuchen schokolade chocolate pizza kaese cheese banane apfel
        orange erdbeere kirsche cookie keks
        """;

    /// <summary>Small letters only.</summary>
    public static readonly IReadOnlySet<string> All = Words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    /// <summary>Characters of the shortest one that counts: shorter ones are parts of other words.</summary>
    public const int Shortest = 2;

    /// <summary>Characters of the longest.</summary>
    public static readonly int Longest = All.Max(w => w.Length);
}
