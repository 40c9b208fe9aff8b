using Association.Billing.Deliveries;
using Association.Billing.Sending;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Letters;
using MimeKit;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Sending;

public sealed class LettersLeaveTests : MailedOffice
{
    private readonly Dictionary<Guid, byte[]> _pdfs = [];

    [Fact]
    public async Task a_serial_letter_leaves_by_mail_to_those_who_take_it_and_on_paper_to_the_rest_each_once()
    {
        var (mailed, paper, chosen, unposted) = (Member("anna"), Member(null), Member("wants.paper", "fr"), Member("mail.only", noPost: true));
        var letter = await WriteAsync(mailed, paper, chosen, unposted);
        await Office.DeliverAsync(new LettersWritten(letter));
        await Office.DeliverAsync(new LettersWritten(letter)); // delivered once more
        await InvokeAsync(new ChooseDelivery(chosen.Id, DeliveryChoice.Paper));

        (await WaitingAsync()).ShouldBe(new WaitingCount(4, 2, 2, 2, 2, 0, 0, 0, 4));
        var begun = await SendAsync();

        var mails = Server.Mails.Select(Read).ToDictionary(m => m.To.Mailboxes.Single().Address);
        mails.Keys.ShouldBe(["own.anna@example.org", "own.mail.only@example.org"], ignoreOrder: true, "the member's own address, not that for invoices");
        mails["own.anna@example.org"].Subject.ShouldBe("Gesundheitsregion Bliesland e. V.: Brief BF-1");
        mails["own.anna@example.org"].TextBody!.ShouldNotContain("Einladung", customMessage: "a mail tells no more than the number");
        var attached = mails["own.anna@example.org"].Attachments.OfType<MimePart>().ShouldHaveSingleItem();
        using var bytes = new MemoryStream();
        attached.Content!.DecodeTo(bytes);
        bytes.ToArray().ShouldBe(_pdfs[Office.Membership.Letters[letter][0].File], "the archived letter");
        (await SendingAsync(begun)).Accepted.ShouldBe(2);
        (await WaitingAsync()).Documents.ShouldBe(0);
        (await DispatchAsync("BF-3")).Proofs.ShouldHaveSingleItem().Route.ShouldBe(DeliveryRoute.Paper);
        var proof = (await Office.As().Bus.QueryAsync(new ReadMemberDispatch(unposted.Id))).Proofs.ShouldHaveSingleItem();
        (proof.Number, proof.State).ShouldBe(("BF-4", DeliveryState.Accepted));
    }

    [Fact]
    public async Task a_member_that_is_gone_keeps_the_account_that_was_written_to()
    {
        var member = Member("anna");
        await Office.DeliverAsync(new LettersWritten(await WriteAsync(member)));
        Office.Membership.Remove(member.Id);

        await Office.DeliverAsync(new MembersChanged([member.Id]));

        (await WaitingAsync()).ByMail.ShouldBe(1);
    }

    private async Task<Guid> WriteAsync(params MemberCard[] members)
    {
        var letter = Guid.CreateVersion7();
        var files = members.Select(m => ArchivedFile.New($"Brief-{m.Number}.pdf", "application/pdf", Render(m))).ToList();
        await using var connection = await Office.Office.Database.OpenConnectionAsync();
        await FileArchive.AddAsync(connection, files, CancellationToken.None);
        foreach (var file in files)
            _pdfs[file.Id] = file.Bytes.ToArray();
        Office.Membership.Letters[letter] =
        [
            .. members.Zip(files, (m, f) => new WrittenLetter(m.Id, f.Id, m.Recipient, m.Email is null ? null : "own." + m.Email, "Die Geschäftsstelle")),
        ];
        return letter;
    }

    private static byte[] Render(MemberCard member) =>
        Letter.Render(
            new LetterContent(
                "Einladung",
                "de",
                DateTimeOffset.UnixEpoch,
                LetterSender.Of(BillingOffice.Profile, "de"),
                [.. member.Recipient.InWindow()],
                [],
                "Einladung",
                [new LetterParagraph("Wir laden ein.")]
            )
        );
}
