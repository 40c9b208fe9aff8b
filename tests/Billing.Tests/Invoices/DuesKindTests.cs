using System.Text.Json;
using System.Text.Json.Serialization;
using Association.Billing.Data;
using Association.Billing.Receivables;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Invoices;

public sealed class DuesKindTests
{
    private static readonly JsonSerializerOptions OfMessages = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    [Theory]
    [InlineData(DuesKind.Annual, "annual")]
    [InlineData(DuesKind.Admission, "admission")]
    [InlineData(DuesKind.Levy, "levy")]
    public void a_kind_has_one_word_in_tables_snapshots_and_messages(DuesKind kind, string word)
    {
        EnumText.Of(kind).ShouldBe(word);
        EnumText.Parse<DuesKind>(word).ShouldBe(kind);
        BillingJson.Write(kind).ShouldBe($"\"{word}\"");
        BillingJson.Read<DuesKind>($"\"{word}\"").ShouldBe(kind);
        JsonSerializer.Serialize(kind, OfMessages).ShouldBe($"\"{word}\"");
        JsonSerializer.Deserialize<DuesKind>($"\"{word}\"", OfMessages).ShouldBe(kind);
    }

    [Theory]
    [InlineData("""{"number":"BR-2027-00007","duesYear":2027,"kind":"levy"}""", DuesKind.Levy)]
    [InlineData("""{"number":"BR-2027-00007","duesYear":2027,"kind":null}""", null)]
    [InlineData("""{"number":"BR-2027-00007","duesYear":2027}""", null)]
    public void a_snapshot_of_an_earlier_release_is_read(string stored, DuesKind? kind) => BillingJson.Read<InvoiceContent>(stored).Kind.ShouldBe(kind);
}
