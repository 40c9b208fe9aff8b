using Association.Mail.Tests.Server;
using Association.Platform.Mail;
using Association.Platform.Mail.Operation;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Mail.Tests.Outgoing;

/// <summary>The list of outgoing mails: pages, filters, the workbook.</summary>
public sealed class ListingTests() : MailOffice(working: false)
{
    [Fact]
    public async Task mails_are_read_page_by_page_the_newest_first_and_filtered_by_what_is_typed()
    {
        Server.Answer = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 No such user here" : null;
        await SetServerAsync();
        for (var i = 1; i <= 3; i++)
            await WriteAsync($"letter:{i}");
        Server.Answer = _ => null;
        await WriteAsync("letter:4");

        var first = await Anna.Bus.QueryAsync(new ListMails(new MailFilter(), Limit: 3));
        var second = await Anna.Bus.QueryAsync(new ListMails(new MailFilter(), new MailKey(first[^1].CreatedAt, first[^1].Id), 3));
        first.Concat(second).Select(m => m.State).ShouldBe([MailState.Sent, MailState.Refused, MailState.Refused, MailState.Refused]);
        (await CountAsync(new MailFilter("WEIß"))).ShouldBe(4);
        (await CountAsync(new MailFilter("%"))).ShouldBe(0, "a sign of the database's own is a letter like any other");
        (await CountAsync(new MailFilter(State: MailState.Sent, Kind: "letter"))).ShouldBe(1);
        (await CountAsync(new MailFilter(Undeliverable: true))).ShouldBe(3);
        (await CountAsync(new MailFilter(Kind: "other"))).ShouldBe(0);
    }

    [Fact]
    public async Task the_workbook_holds_what_the_filter_lets_through()
    {
        await WriteAsync();
        using var file = new MemoryStream();

        await Anna.Bus.QueryAsync(new ExportMails(new MailFilter(State: MailState.Waiting), file));

        file.Position = 0;
        using var zip = new System.IO.Compression.ZipArchive(file);
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        (await sheet.ReadToEndAsync()).ShouldContain("nina@klinik.example");
    }

    private async Task<int> CountAsync(MailFilter filter)
    {
        var (listed, counted) = ((await Anna.Bus.QueryAsync(new ListMails(filter))).Count, (await Anna.Bus.QueryAsync(new CountMails(filter))).Total);
        counted.ShouldBe(listed);
        return listed;
    }
}
