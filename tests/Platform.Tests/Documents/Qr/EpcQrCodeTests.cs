using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Qr;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Documents.Qr;

public sealed class EpcQrCodeTests
{
    private static readonly EpcPayment Payment = new(
        "Gesundheitsregion Bliesland e. V.",
        "DE02120300000000202051",
        "BYLADEM1001",
        new Money(120m),
        "BR-2026-00001"
    );

    [Fact]
    public void the_payload_has_the_lines_of_the_guideline_and_none_behind_the_last() =>
        EpcQrCode
            .Payload(Payment)
            .ShouldBe("BCD\n002\n1\nSCT\nBYLADEM1001\nGesundheitsregion Bliesland e. V.\nDE02120300000000202051\nEUR120.00\n\n\nBR-2026-00001");

    [Fact]
    public void bic_and_amount_may_be_missing() =>
        EpcQrCode
            .Payload(Payment with { Bic = null, Amount = null, Text = "" })
            .ShouldBe("BCD\n002\n1\nSCT\n\nGesundheitsregion Bliesland e. V.\nDE02120300000000202051");

    [Fact]
    public void blanks_and_line_breaks_do_not_disturb_the_lines() =>
        EpcQrCode
            .Payload(Payment with { Iban = "de02 1203 0000 0000 2020 51", Recipient = " Verein\n ", Text = "BR\n1" })
            .ShouldBe("BCD\n002\n1\nSCT\nBYLADEM1001\nVerein\nDE02120300000000202051\nEUR120.00\n\n\nBR 1");

    [Fact]
    public void a_long_name_is_cut_to_what_banks_compare() =>
        EpcQrCode.Payload(Payment with { Recipient = new string('N', 90) }).Split('\n')[5].Length.ShouldBe(70);

    [Fact]
    public void what_breaks_the_guideline_is_refused()
    {
        Refused(Payment with { Iban = "DE03120300000000202051" }, "check digits");
        Refused(Payment with { Iban = "" }, "check digits");
        Refused(Payment with { Bic = "BYLA" }, "BIC");
        Refused(Payment with { Amount = Money.Zero }, "amount");
        Refused(Payment with { Amount = new Money(1_000_000_000m) }, "amount");
        Refused(Payment with { Recipient = "" }, "recipient");
        Refused(Payment with { Text = new string('x', 141) }, "140");
        Refused(Payment with { Text = new string('€', 140) }, "holds");
    }

    [Fact]
    public void the_largest_payload_still_fits_version_13()
    {
        var modules = EpcQrCode.Modules(Payment with { Recipient = new string('ä', 70), Text = new string('x', 112) });

        modules.Count.ShouldBeLessThanOrEqualTo(17 + 4 * 13);
        modules.ShouldAllBe(row => row.Length == modules.Count);
        modules[0][0].ShouldBeTrue("the finder pattern stands in the corner: the quiet zone is cut off");
    }

    private static void Refused(EpcPayment payment, string rule) =>
        Should.Throw<ArgumentException>(() => EpcQrCode.Payload(payment)).Message.ShouldContain(rule);
}
