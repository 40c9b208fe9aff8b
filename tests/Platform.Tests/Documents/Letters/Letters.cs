using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;
using Association.Platform.Documents.Qr;

namespace Association.Platform.Tests.Documents.Letters;

/// <summary>Letters to test with.</summary>
internal static class Letters
{
    public static readonly EpcPayment Payment = new(
        "Gesundheitsregion Bliesland e. V.",
        "DE02120300000000202051",
        "BYLADEM1001",
        new Money(1812.37m),
        "BR-2026-00001 Mitglied 1003"
    );

    private static readonly AssociationProfile Profile = new(
        1,
        "Gesundheitsregion Bliesland e.\u00A0V.",
        "Bliesland",
        "Am Ludwigsplatz 8",
        "66117",
        "Saarbrücken",
        "post@bliesland.example",
        "0681 912-0",
        "bliesland.example",
        "Vereinsregister Saarbrücken VR 4711",
        "Vorstand: Dr. Nora Groß (Vorsitz), Rüdiger Lambert",
        "040/140/12345",
        "Deutsche Kreditbank Berlin",
        "DE02120300000000202051",
        "BYLADEM1001",
        "DE98ZZZ09999999999"
    );

    public static LetterContent Invoice(string language = "de") =>
        new(
            "Beitragsrechnung BR-2026-00001",
            language,
            new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero),
            LetterSender.Of(Profile, language),
            ["Landkreis Saarbrücken", "Kreiskasse", "Herrn Rüdiger Lambert", "Europaallee 11 a", "66117 Saarbrücken"],
            [
                new("Rechnung", "BR-2026-00001"),
                new("Datum", "01.12.2026"),
                new("Mitgliedsnummer", "1003"),
                new("Ihr Zeichen", "04011000-1234512345-06"),
                new("Fällig am", "15.02.2027", Strong: true),
            ],
            "Beitragsrechnung 2027",
            [
                new LetterParagraph("Sehr geehrte Damen und Herren,"),
                new LetterParagraph(
                    "nach § 4 der Beitragsordnung vom 12.03.2026 berechnen wir Ihren Mitgliedsbeitrag für das Jahr 2027. Grundlage sind die Angaben, die uns zum 31.12.2025 vorliegen."
                ),
                new LetterTable(
                    [new("Beitrag", 5), new("Grundlage", 2, LetterAlignment.Right), new("Betrag", 2, LetterAlignment.Right)],
                    [
                        new(
                            ["Mitgliedsbeitrag 2027, Kommune", "89.000 Einwohner", "1.812,37 €"],
                            ["Grundbeitrag 600,00 €", "79.000 Einwohner über 10.000 × 0,015346 € = 1.212,37 €"]
                        ),
                        new(["Ermäßigung nach Vorstandsbeschluss vom 12.03.2019", "10 %", "−181,24 €"]),
                    ],
                    [new("Zwischensumme", "1.631,13 €"), new("Bereits gezahlt", "−60,00 €")],
                    new("Zu zahlen bis 15.02.2027", "1.571,13 €")
                ),
                new LetterPaymentBox(
                    "Zahlung durch Überweisung",
                    "Überweisen Sie den Betrag bis zum 15.02.2027 und nennen Sie den Verwendungszweck, damit wir Ihre Zahlung zuordnen können.",
                    [
                        new("Empfänger", "Gesundheitsregion Bliesland e.\u00A0V."),
                        new("IBAN", "DE02 1203 0000 0000 2020 51"),
                        new("Betrag", "1.571,13 €", Strong: true),
                        new("Verwendungszweck", "BR-2026-00001 Mitglied 1003"),
                    ],
                    Payment,
                    "Mit der Banking-App scannen"
                ),
                new LetterParagraph("Mitgliedsbeiträge unterliegen nicht der Umsatzsteuer."),
                new LetterClosing(
                    "Mit freundlichen Grüßen",
                    ["Anna Dörr, Geschäftsstelle"],
                    "Dieses Schreiben wurde maschinell erstellt und gilt ohne Unterschrift."
                ),
            ]
        );

    /// <summary>A table of so many rows.</summary>
    public static LetterContent Long(int rows) =>
        Invoice() with
        {
            Body =
            [
                new LetterParagraph("Sehr geehrte Damen und Herren,"),
                new LetterTable(
                    [new("Posten", 4), new("Betrag", 1, LetterAlignment.Right)],
                    [.. Enumerable.Range(1, rows).Select(n => new LetterRow([$"Posten {n}", $"{n},00 €"]))],
                    [],
                    new("Summe", "999,00 €")
                ),
                new LetterClosing("Mit freundlichen Grüßen", ["Anna Dörr"]),
            ],
        };
}
