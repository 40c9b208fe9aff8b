using System.Globalization;
using Association.Billing.Invoices.Documents;
using Association.Billing.Receivables;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;
using Association.Platform.Documents.Pdf;

namespace Association.Benchmarks.Billing;

/// <summary>
/// 1,000 dues invoices as PDF, half of them with QR code, on one core. The limit is the time of a page that carries the same fonts and no more than
/// its number: what any letter of this writer costs.
/// </summary>
internal sealed class InvoicePdfBenchmark : Benchmark
{
    private const int Invoices = 1_000;

    private static readonly AssociationProfile Letterhead = new(
        1,
        "Gesundheitsregion Beispiel e. V.",
        "Beispiel",
        "Am Markt 1",
        "66111",
        "Saarbrücken",
        "buero@beispiel.example",
        "+49 681 1",
        "beispiel.example",
        "VR 1",
        "Vorstand: A. B.",
        "040/1",
        "Bank",
        "DE02120300000000202051",
        "BYLADEM1001",
        "DE98ZZZ09999999999"
    );

    public override string Name => "invoices";

    public override async Task<Ratio> RunAsync()
    {
        var bytes = 0L;
        var ours = await MedianAsync(
            3,
            () =>
            {
                bytes = 0;
                for (var n = 1; n <= Invoices; n++)
                    bytes += Render(n).Length;
                return Task.CompletedTask;
            }
        );
        var limit = await MedianAsync(
            3,
            () =>
            {
                for (var n = 1; n <= Invoices; n++)
                    BarePage(n);
                return Task.CompletedTask;
            }
        );
        Print($"{Invoices} invoices", ours);
        Print($"{Invoices} pages with a number and the same fonts", limit);
        Console.WriteLine(FormattableString.Invariant($"  {Invoices / ours.TotalSeconds:0} invoices a second, {bytes / Invoices / 1024.0:0.0} KB each"));
        return new Ratio(ours / limit);
    }

    private static byte[] Render(int n)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"BR-2026-{n:00000}");
        var due = new DateOnly(2027, 2, 15);
        var payment =
            n % 2 == 0
                ? new PaymentContent(PaymentRoute.Transfer, due, $"{number} {n}", null, null, null)
                : new PaymentContent(PaymentRoute.DirectDebit, due, $"{number} {n}", "DE89370400440532013000", $"M-{n}", due);
        var content = new InvoiceContent(
            number,
            "de",
            new DateOnly(2026, 11, 21),
            2027,
            n.ToString(CultureInfo.InvariantCulture),
            $"Krankenhaus Nummer {n} gGmbH",
            new PrintedAddress([$"Krankenhaus Nummer {n} gGmbH", "Rechnungswesen", $"Hauptstraße {n}"], "66111", "Saarbrücken", "DE"),
            null,
            [new ChargeLine("640 Planbetten: 5.200,00 € + 40 × 1,10 €", new Money(5_244m)), new ChargeLine("Ermäßigung 50 %", new Money(-2_622m))],
            new Money(2_622m),
            "Beitragsordnung vom 12.11.2026",
            payment,
            null
        );
        return Letter.Render(InvoiceLetter.Write(content, Letterhead, new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero)));
    }

    private static void BarePage(int n)
    {
        var document = new PdfDocument(new PdfInformation("Seite", "Beispiel", "de", new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero)));
        var page = document.AddPage();
        page.Text(20, 20, n.ToString(CultureInfo.InvariantCulture), PdfFont.Sans, 10, PdfColor.Black);
        document.Save();
    }
}
