using System.Globalization;
using Association.Billing.Invoices.Documents;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;

namespace Association.Billing.Printing.Batches;

/// <summary>The list that lies beside a batch: how many envelopes of how many sheets, and which is which. It is no part of what is folded.</summary>
internal static class PrintList
{
    public static LetterContent Write(
        int number,
        string language,
        bool duplex,
        string by,
        IReadOnlyList<PrintedEnvelope> envelopes,
        AssociationProfile association,
        DateOnly today,
        DateTimeOffset createdAt
    )
    {
        var (words, say) = (new PrintWords(language), LetterLanguage.Of(language, typeof(InvoiceLetterTexts)));
        return new LetterContent(
            words.Title(number),
            say.Code,
            createdAt,
            LetterSender.Of(association, say.Code),
            [association.Name, association.Street, $"{association.PostalCode} {association.Town}"],
            [
                new LetterFact(words["List.Date"], say.Date(today)),
                new LetterFact(words["List.By"], by),
                new LetterFact(words["List.Sides"], words[duplex ? "List.Duplex" : "List.Simplex"]),
                new LetterFact(words["Column.Envelopes"], Number(envelopes.Count), Strong: true),
            ],
            words.Title(number),
            [
                new LetterTable(
                    [
                        new LetterColumn(words["List.SheetsEach"], 3),
                        new LetterColumn(words["Column.Envelopes"], 1, LetterAlignment.Right),
                        new LetterColumn(words["Column.Sheets"], 1, LetterAlignment.Right),
                    ],
                    [
                        .. envelopes
                            .GroupBy(e => e.Sheets)
                            .OrderBy(g => g.Key)
                            .Select(g => new LetterRow([words["List.Class", new Count(g.Key)], Number(g.Count()), Number(g.Sum(e => e.Sheets))])),
                    ],
                    [],
                    new LetterFact(words["List.Total"], Number(envelopes.Sum(e => e.Sheets)), Strong: true)
                ),
                new LetterHeading(words["List.Heading"]),
                new LetterTable(
                    [
                        new LetterColumn(words["Column.Position"], 0.8),
                        new LetterColumn(words["Column.Recipient"], 3.4),
                        new LetterColumn(words["Column.Documents"], 2.6),
                        new LetterColumn(words["Column.Sheets"], 0.9, LetterAlignment.Right),
                    ],
                    [
                        .. envelopes.Select(e => new LetterRow([
                            Number(e.Position ?? 0),
                            $"{e.Address.Lines[0]}, {e.Address.PostalCode} {e.Address.Town}",
                            string.Join(", ", e.HasCover ? [words["List.Cover"], .. e.Documents] : e.Documents),
                            Number(e.Sheets),
                        ])),
                    ],
                    [],
                    null
                ),
            ]
        );
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
