using Association.Billing.Accounts.Statement;
using Association.Billing.Deliveries;
using Association.Billing.Deliveries.Letters;
using Association.Billing.Invoices.Cancelling;
using Association.Billing.Printing.Batches;
using Association.Billing.Sending;
using Association.Billing.Sending.Given;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Messaging;
using Association.Testing;
using MimeKit;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Sending;

public sealed class StatementsLeaveTests : MailedOffice
{
    [Fact]
    public async Task statements_are_made_once_and_leave_by_their_members_way_in_a_mail_of_their_own()
    {
        var (mailed, paper, both) = (Member("anna"), Member(null), Member("both", "fr"));
        await Office.IssueAsync(PlannedMembership.Charge(mailed, 10), PlannedMembership.Charge(paper, 20), PlannedMembership.Charge(both, 30));
        await InvokeAsync(new ChooseDelivery(both.Id, DeliveryChoice.Both));

        (await IssueAsync(mailed, paper, both)).ShouldBe(new IssuedStatements(3, 0));

        (await WaitingAsync()).ShouldBe(new WaitingCount(6, 4, 4, 4, 2, 0, 0, 0, 3), "three invoices and three statements, by the same ways");
        var preview = await Office.As().Bus.QueryAsync(new PreviewDelivery());
        preview.Samples.Select(s => (s.Recipient.Language, s.Documents.Single().Kind)).ShouldContain(("fr", DocumentKind.Statement));
        (await Office.As().Bus.QueryAsync(new ReadMemberDispatch(mailed.Id))).Waiting.ShouldBe([new("KA-1", "Mail"), new("BR-2026-00001", "Mail")]);
        var begun = await SendAsync();

        var mails = Server.Mails.Select(Read).Where(m => m.To.Mailboxes.Single().Address == "both@example.org").ToList();
        mails
            .Select(m => m.Subject)
            .Order()
            .ShouldBe(["Gesundheitsregion Bliesland e. V.\u00a0: facture BR-2026-00003", "Gesundheitsregion Bliesland e. V.\u00a0: relevé de compte KA-3"]);
        var statement = mails.Single(m => m.Subject!.Contains("KA-3", StringComparison.Ordinal));
        var attached = statement.Attachments.OfType<MimePart>().ShouldHaveSingleItem();
        attached.FileName.ShouldBe("KA-3.pdf");
        Bytes(attached).ShouldBe((await Office.As().Bus.QueryAsync(new ReadLetterDocument("KA-3"))).ShouldNotBeNull().ToArray(), "the archived PDF");
        statement.TextBody!.ShouldNotContain("€", customMessage: "a mail tells no more than the number");
        (await SendingAsync(begun)).Accepted.ShouldBe(4);
        (await WaitingAsync()).Documents.ShouldBe(0);
        (await DispatchAsync("KA-3")).Proofs.Select(p => p.Route).ShouldBe([DeliveryRoute.Mail, DeliveryRoute.Paper], ignoreOrder: true);
        (await DispatchAsync("KA-2")).Proofs.ShouldHaveSingleItem().Route.ShouldBe(DeliveryRoute.Paper);
        var envelopes = await Office
            .As()
            .Bus.QueryAsync(new ReadPrintBatch((await Office.As().Bus.QueryAsync(new ListPrintBatches((await SendingAsync(begun)).Batch))).Single().Id));
        envelopes.SelectMany(e => e.Documents).ShouldContain("KA-2");
        (await Office.As().Bus.QueryAsync(new ReadMemberDispatch(mailed.Id))).Proofs.Select(p => p.Number).Order().ShouldBe(["BR-2026-00001", "KA-1"]);
        (await Office.As().Bus.QueryAsync(new ReadMemberDispatch(mailed.Id))).Waiting.ShouldBeEmpty();
        await Office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task who_has_a_statement_that_still_holds_gets_no_second_one_whoever_asks_how_often()
    {
        var members = Enumerable.Range(0, 30).Select(n => Member($"m{n}")).ToArray();
        await Office.IssueAsync([.. members.Select(m => PlannedMembership.Charge(m, 10))]);
        await SendAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => IssueAsync(members)));
        await SendAsync();
        (await IssueAsync(members)).ShouldBe(new IssuedStatements(0, 30), "they have left, and nothing has happened since");

        answers.Sum(a => a.Made).ShouldBe(30);
        (await WaitingAsync()).Documents.ShouldBe(0);
        Server.Mails.Count(m => Read(m).Subject!.Contains("KA-", StringComparison.Ordinal)).ShouldBe(30);
        await Office.InvokeAsync<CancelledInvoice>(new CancelInvoice("BR-2026-00001", "Falsches Jahr"));
        (await IssueAsync(members)).ShouldBe(new IssuedStatements(1, 29), "of the one account the books say something else now");
    }

    [Fact]
    public async Task a_refused_statement_waits_for_paper_and_a_mailed_one_is_sent_again_as_a_further_attempt()
    {
        var (gone, good) = (Member("gone"), Member("good"));
        await Office.IssueAsync(PlannedMembership.Charge(gone, 10), PlannedMembership.Charge(good, 20));
        await SendAsync();
        await IssueAsync(gone, good);
        Server.Answer = line =>
            line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase) && line.Contains("gone@", StringComparison.Ordinal) ? "550 5.1.1 No such user" : null;

        await SendAsync();

        (await WaitingAsync()).ShouldBe(new WaitingCount(1, 0, 0, 1, 1, 1, 0, 0, 1));
        (await TodayAsync()).ShouldHaveSingleItem().Text.ShouldBe("1 Beleg wartet auf Versand");
        await InvokeAsync(new MailDocument("KA-2", 1));
        (await DispatchAsync("KA-2")).Proofs.Select(p => (p.Attempt, p.State)).ShouldBe([(2, DeliveryState.Accepted), (1, DeliveryState.Accepted)]);
        await InvokeAsync(new NoteReturnedMail("KA-2", 2));
        (await WaitingAsync()).OnPaper.ShouldBe(2);
    }

    [Fact]
    public async Task the_database_keeps_what_was_made_and_refuses_a_mail_of_nothing()
    {
        var member = Member("anna");
        await Office.IssueAsync(PlannedMembership.Charge(member, 10));
        await IssueAsync(member);

        foreach (var change in new[] { "delete from billing.letter_document", "update billing.letter set to_day = to_day + 1" })
            (await Should.ThrowAsync<PostgresException>(Office.ExecuteAsync(change))).SqlState.ShouldBe("AS001");
        (
            await Should.ThrowAsync<PostgresException>(
                Office.ExecuteAsync(
                    """
                    insert into billing.mailed_document (archive_file_id, attempt, account_id, purpose, address, handed_over_at, handed_over_by)
                    select archive_file_id, 1, account_id, 'statements:x', 'x', now(), 'x'
                      from billing.letter l join billing.letter_document on letter_id = l.id
                    """
                )
            )
        ).SqlState.ShouldBe(PostgresErrorCodes.CheckViolation);
        await Should.ThrowAsync<ProblemsException>(IssueAsync());
    }

    private Task<IssuedStatements> IssueAsync(params MemberCard[] members) =>
        Office.InvokeAsync<IssuedStatements>(new IssueStatements([.. members.Select(m => m.Number)]));

    private static byte[] Bytes(MimePart part)
    {
        var bytes = new MemoryStream();
        part.Content!.DecodeTo(bytes);
        return bytes.ToArray();
    }
}
