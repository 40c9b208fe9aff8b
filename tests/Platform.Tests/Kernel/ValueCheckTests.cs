using Association.Platform.Data.Kernel;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Kernel;

public sealed class ValueCheckTests
{
    [Theory]
    [InlineData("DE02 1203 0000 0000 2020 51", "DE02120300000000202051")]
    [InlineData("de89370400440532013000", "DE89370400440532013000")]
    [InlineData("FR14 2004 1010 0505 0001 3M02 606", "FR1420041010050500013M02606")]
    [InlineData("\u00a0LU28 0019 4006 4475 0000", "LU280019400644750000")]
    public void an_iban_is_read_however_it_was_typed(string typed, string value)
    {
        Iban.TryParse(typed, out var iban, out _).ShouldBeTrue();
        iban.Value.ShouldBe(value);
    }

    [Theory]
    [InlineData("", IbanFault.Empty)]
    [InlineData("k.A.", IbanFault.Characters)]
    [InlineData("12 34", IbanFault.Characters)]
    [InlineData("US02120300000000202051", IbanFault.Country)]
    [InlineData("DE0212030000000020205", IbanFault.Length)]
    [InlineData("DE02120300000000202015", IbanFault.CheckDigits)]
    public void a_wrong_iban_says_why(string typed, IbanFault expected)
    {
        Iban.TryParse(typed, out _, out var fault).ShouldBeFalse();
        fault.ShouldBe(expected);
    }

    [Fact]
    public void every_single_mistyped_digit_of_an_iban_is_noticed()
    {
        const string right = "DE02120300000000202051";
        for (var i = 2; i < right.Length; i++)
        for (var digit = '0'; digit <= '9'; digit++)
            if (digit != right[i])
                Iban.TryParse(right[..i] + digit + right[(i + 1)..], out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void an_iban_is_printed_in_groups_of_four() => Iban.Format("DE02120300000000202051").ShouldBe("DE02 1203 0000 0000 2020 51");

    [Theory]
    [InlineData("DE98ZZZ09999999999", true)]
    [InlineData("DE98ABC09999999999", true)]
    [InlineData("DE97ZZZ09999999999", false)]
    [InlineData("DE98ZZZ0999999999", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void a_creditor_identifier_is_checked_without_its_business_code(string? text, bool valid) => CreditorId.IsValid(text).ShouldBe(valid);

    [Theory]
    [InlineData("04011000-1234512345-06", null)]
    [InlineData("04011000-900X999-08", null)]
    [InlineData(" 992-90009-96 ", null)]
    [InlineData("", LeitwegIdFault.Empty)]
    [InlineData("04011000", LeitwegIdFault.Form)]
    [InlineData("04011000-1234512345-07", LeitwegIdFault.CheckDigits)]
    public void a_leitweg_id_is_checked(string typed, LeitwegIdFault? expected)
    {
        LeitwegId.TryParse(typed, out _, out var fault).ShouldBe(expected is null);
        fault.ShouldBe(expected);
    }

    [Theory]
    [InlineData("c.zimmer@example.com", null)]
    [InlineData(" post@waldkrankenhaus.example ", null)]
    [InlineData("info@müller-apotheke.de", null)]
    [InlineData("", EmailFault.Empty)]
    [InlineData("k.A.", EmailFault.NoAt)]
    [InlineData("c.hoffmann(at)example.com", EmailFault.SpelledOut)]
    [InlineData("a@example.com; b@example.com", EmailFault.Several)]
    [InlineData("Anna <a@example.com>", EmailFault.Several)]
    [InlineData("a@example.com\r\nBcc:x@y.zz", EmailFault.Several)]
    [InlineData(".a@example.com", EmailFault.Mailbox)]
    [InlineData("a@example", EmailFault.Domain)]
    [InlineData("a@example..com", EmailFault.Domain)]
    public void an_email_address_is_checked(string typed, EmailFault? expected)
    {
        EmailAddress.TryParse(typed, out _, out var fault).ShouldBe(expected is null);
        fault.ShouldBe(expected);
    }
}
