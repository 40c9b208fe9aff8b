using Association.Billing.Deliveries;
using Association.Billing.Invoices.Cancelling;
using Association.Billing.Printing.Batches;
using Association.Billing.Sending;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Sending;

public sealed class SendingTests : MailedOffice
{
    [Fact]
    public async Task each_recipient_gets_one_mail_with_its_archived_documents_in_its_language()
    {
        var (german, french, paper) = (Member("anna"), Member("claire", "fr"), Member(null));
        await Office.IssueAsync(
            PlannedMembership.Charge(german, 10),
            PlannedMembership.Charge(german, 20, year: 2028),
            PlannedMembership.Charge(french, 30),
            PlannedMembership.Charge(paper, 40)
        );
        var preview = await Office.As().Bus.QueryAsync(new PreviewDelivery());
        preview.Waiting.ShouldBe(new WaitingCount(4, 3, 2, 1, 1, 0, 0, 0));
        preview.Samples.Select(s => s.Recipient.Language).ShouldBe(["de", "fr"]);

        var begun = await SendAsync();

        Server.Mails.Select(m => m.To.Single()).ShouldBe(["anna@example.org", "claire@example.org"], ignoreOrder: true);
        var mails = Server.Mails.Select(Read).ToDictionary(m => m.To.Mailboxes.Single().Address);
        var attached = mails["anna@example.org"].Attachments.OfType<MimePart>().ToDictionary(a => a.FileName!, Bytes);
        attached.Keys.ShouldBe(["BR-2026-00001.pdf", "BR-2026-00002.pdf"]);
        foreach (var (name, bytes) in attached)
            bytes.ShouldBe(
                await Office.ReadAsync<byte[]>("select bytes from platform.archive_file where name = @name", new { name }),
                "the archived PDF, byte for byte"
            );
        mails["claire@example.org"].Subject.ShouldBe("Gesundheitsregion Bliesland e. V.\u00a0: facture BR-2026-00003");
        mails["claire@example.org"].TextBody!.ShouldContain("ci-joint");
        mails["anna@example.org"].TextBody!.ShouldNotContain("€", customMessage: "a mail tells no more than the number");
        mails["anna@example.org"].Subject.ShouldBe(preview.Samples[0].Mail.Subject, "what was shown is what leaves");
        mails["anna@example.org"].TextBody!.ReplaceLineEndings("\n").Trim().ShouldBe(preview.Samples[0].Mail.Text);

        var sending = await SendingAsync(begun);
        (sending.Accepted, sending.Failed, sending.Unknown, sending.IsRunning).ShouldBe((2, 0, 0, false));
        (await Office.As().Bus.QueryAsync(new ListPrintBatches(sending.Batch))).ShouldHaveSingleItem().Documents.ShouldBe(1);
        (await WaitingAsync()).Documents.ShouldBe(0);
        var proof = (await DispatchAsync("BR-2026-00003")).Proofs.ShouldHaveSingleItem();
        (proof.State, proof.Recipient, proof.Answer).ShouldBe((DeliveryState.Accepted, "claire@example.org", "250 2.0.0 Ok: queued as 4XyZ"));
        (await DispatchAsync("BR-2026-00004")).Proofs.ShouldHaveSingleItem().Route.ShouldBe(DeliveryRoute.Paper);
        await Office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task pressed_twice_or_by_several_people_at_once_each_document_leaves_once()
    {
        await Office.IssueAsync([.. Enumerable.Range(0, 30).Select(n => PlannedMembership.Charge(Member(n % 3 == 0 ? null : $"m{n}"), 10))]);
        var seen = await WaitingAsync();
        var tries = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    try
                    {
                        await Office.InvokeAsync<BegunSending>(new SendDocuments(null, seen.ByMail, seen.OnPaper));
                        return true;
                    }
                    catch (ProblemsException)
                    {
                        return false; // other numbers wait by now than were shown
                    }
                })
        );

        tries.ShouldContain(true);
        (await WaitingAsync()).Documents.ShouldBe(0);
        Server.Mails.Select(m => m.To.Single()).Distinct().Count().ShouldBe(20);
        Server.Mails.Count.ShouldBe(20);
        (await Office.ReadAsync<long>("select count(*) from billing.print_document")).ShouldBe(10);
        (await Office.ReadAsync<long>("select count(*) from billing.mailed_document where attempt > 1")).ShouldBe(0);
    }

    [Fact]
    public async Task of_several_who_press_at_once_one_begins_a_sending_and_the_others_are_told_who()
    {
        await Office.IssueAsync([.. Enumerable.Range(0, 5).Select(n => PlannedMembership.Charge(Member($"m{n}"), 10))]);
        var seen = await WaitingAsync();
        async Task<string?> PressAsync(string who, int? newest)
        {
            try
            {
                await Office.As(who).Bus.InvokeAsync<BegunSending>(new SendDocuments(null, seen.ByMail, seen.OnPaper, SeenNewest: newest));
                return null;
            }
            catch (ProblemsException refused)
            {
                return refused.Problems.ShouldHaveSingleItem().Text;
            }
        }

        var said = await Task.WhenAll(new[] { "office", "office2", "office", "office2" }.Select(who => PressAsync(who, 0)));

        said.Count(s => s is null).ShouldBe(1);
        said.OfType<string>().ShouldAllBe(s => s.Contains("den Versand 1 begonnen"));
        (await Office.ReadAsync<long>("select count(*) from billing.sending")).ShouldBe(1);
        await Office.AsSystem().Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();
        Server.Mails.Count.ShouldBe(5);

        await Office.IssueAsync(PlannedMembership.Charge(Member("m5"), 10));
        (seen, var begun) = (await WaitingAsync(), 1);
        (await PressAsync("office", begun)).ShouldBeNull("who was shown the newest sending goes on");
    }

    [Fact]
    public async Task what_a_server_refuses_falls_back_to_paper_and_what_nobody_knows_is_not_sent_again()
    {
        var (dropped, gone, good, unreached) = (Member("dropped"), Member("gone"), Member("good"), Member("never", noPost: true));
        await Office.IssueAsync(PlannedMembership.Charge(dropped, 10));
        Server.Answer = line => line == "." ? TrialServer.Cut : null;
        (await SendingAsync(await SendAsync())).Unknown.ShouldBe(1);
        await Office.IssueAsync(PlannedMembership.Charge(gone, 20), PlannedMembership.Charge(good, 30), PlannedMembership.Charge(unreached, 40));
        Server.Answer = line =>
            line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase) && !line.Contains("good@", StringComparison.Ordinal) ? "550 5.1.1 No such user" : null;

        var begun = await SendAsync();

        var sending = await SendingAsync(begun);
        (sending.Accepted, sending.Failed, sending.Unknown).ShouldBe((1, 2, 0));
        var waiting = await WaitingAsync();
        waiting.ShouldBe(new WaitingCount(1, 0, 0, 1, 1, 1, 1, 0), "the refused one waits for paper, the one without post reaches nobody");
        var today = await TodayAsync();
        today.Count.ShouldBe(2);
        today[0].Detail.ShouldContain("davon 1 nach erfolgloser E-Mail");
        (await DispatchAsync("BR-2026-00002")).Proofs.ShouldHaveSingleItem().Answer.ShouldBe("550 5.1.1 No such user");
        (await DispatchAsync("BR-2026-00001")).Proofs.ShouldHaveSingleItem().State.ShouldBe(DeliveryState.Unknown);
        Server.Mails.Select(m => m.To.Single()).ShouldBe(["dropped@example.org", "good@example.org"], "nobody knows of the first, and it is not sent again");
        (await Office.As().Bus.QueryAsync(new PreviewDelivery())).Unreached.ShouldHaveSingleItem().MailFailed.ShouldBeTrue();

        var batch = (await SendingAsync(await SendAsync())).Batch;
        (await Office.As().Bus.QueryAsync(new ReadPrintBatch((await Office.As().Bus.QueryAsync(new ListPrintBatches(batch))).Single().Id)))
            .ShouldHaveSingleItem()
            .Documents.ShouldBe(["BR-2026-00002"]);
        (await WaitingAsync()).Documents.ShouldBe(0);
    }

    [Fact]
    public async Task today_and_the_page_of_the_run_count_alike_whatever_left_meanwhile()
    {
        var charges = Enumerable.Range(0, 9).Select(n => PlannedMembership.Charge(Member(n % 2 == 0 ? null : $"m{n}"), 10)).ToList();
        var plan = await Office.PlanAsync(charges);
        await Office.DeliverAsync(plan);

        foreach (var expected in new[] { 9, 5, 0 })
        {
            var run = await WaitingAsync(plan.Run);
            run.Documents.ShouldBe(expected);
            var today = await TodayAsync();
            if (expected == 0)
                today.ShouldBeEmpty();
            else
                today.ShouldHaveSingleItem().Text.ShouldBe($"{run.Documents} Rechnungen warten auf Versand");
            (await WaitingAsync(DuesRunId.New())).Documents.ShouldBe(0);
            if (run.Documents > 0)
                await Office.InvokeAsync<BegunSending>(new SendDocuments(plan.Run, run.ByMail, run.OnPaper, Mail: run.ByMail > 0, Paper: run.ByMail == 0));
        }
    }

    [Fact]
    public async Task a_stopped_sending_takes_back_what_has_not_left_and_it_waits_again()
    {
        await Office.IssueAsync([.. Enumerable.Range(0, 5).Select(n => PlannedMembership.Charge(Member($"m{n}"), 10))]);
        await Office.SetMailServerAsync(null); // what is handed over stays in the outgoing mail
        var scope = Office.As();
        var begun = await scope.Bus.InvokeAsync<BegunSending>(new SendDocuments(null, 5, 0));
        await scope.DrainAsync();
        (await SendingAsync(begun)).HandedOver.ShouldBe(5);
        (await WaitingAsync()).Documents.ShouldBe(0);

        (await Office.As().Bus.InvokeAsync<int>(new StopSending(begun.Number))).ShouldBe(5);

        (await WaitingAsync()).ByMail.ShouldBe(5);
        (await SendingAsync(begun)).IsRunning.ShouldBeFalse();
        await Should.ThrowAsync<ProblemsException>(Office.As().Bus.InvokeAsync<int>(new StopSending(begun.Number)));
        await Office.SetMailServerAsync(Server.Port);
        await SendAsync();
        Server.Mails.Select(m => m.To.Single()).Order().ShouldBe(["m0@example.org", "m1@example.org", "m2@example.org", "m3@example.org", "m4@example.org"]);
    }

    [Fact]
    public async Task a_document_is_mailed_again_as_a_further_attempt_with_a_proof_of_its_own()
    {
        var member = Member("old");
        await Office.IssueAsync(PlannedMembership.Charge(member, 10));
        await SendAsync();
        Office.Membership.Put(member with { Email = "new@example.org" });
        await Office.DeliverAsync(new MembersChanged([member.Id]));

        await InvokeAsync(new MailDocument("BR-2026-00001", 1));
        await Should.ThrowAsync<ProblemsException>(InvokeAsync(new MailDocument("BR-2026-00001", 1)));

        Server.Mails.Select(m => m.To.Single()).ShouldBe(["old@example.org", "new@example.org"]);
        (await DispatchAsync("BR-2026-00001"))
            .Proofs.Select(p => (p.Attempt, p.Recipient, p.State))
            .ShouldBe([(2, "new@example.org", DeliveryState.Accepted), (1, "old@example.org", DeliveryState.Accepted)]);
        (await Office.As().Bus.QueryAsync(new ReadMemberDispatch(member.Id))).Proofs.Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_mail_that_came_back_sends_its_document_on_paper()
    {
        await Office.IssueAsync(PlannedMembership.Charge(Member("anna"), 10));
        await SendAsync();
        await Should.ThrowAsync<ProblemsException>(InvokeAsync(new NoteReturnedMail("BR-2026-00001", 2)));

        await InvokeAsync(new NoteReturnedMail("BR-2026-00001", 1));

        var proof = (await DispatchAsync("BR-2026-00001")).Proofs.ShouldHaveSingleItem();
        (proof.State, proof.NotedBy).ShouldBe((DeliveryState.Undeliverable, Office.As().Actor.Name));
        (await WaitingAsync()).ShouldBe(new WaitingCount(1, 0, 0, 1, 1, 1, 0, 0));
    }

    [Fact]
    public async Task a_member_chooses_paper_or_both_ways()
    {
        var (paper, both) = (Member("paper"), Member("both"));
        await Office.IssueAsync(PlannedMembership.Charge(paper, 10), PlannedMembership.Charge(both, 20));
        await InvokeAsync(new ChooseDelivery(paper.Id, DeliveryChoice.Paper));
        await InvokeAsync(new ChooseDelivery(both.Id, DeliveryChoice.Both));

        (await WaitingAsync()).ShouldBe(new WaitingCount(2, 1, 1, 2, 2, 0, 0, 0));
        await SendAsync();

        Server.Mails.ShouldHaveSingleItem().To.ShouldBe(["both@example.org"]);
        (await DispatchAsync("BR-2026-00002")).Proofs.Select(p => p.Route).ShouldBe([DeliveryRoute.Mail, DeliveryRoute.Paper], ignoreOrder: true);
        (await WaitingAsync()).Documents.ShouldBe(0);
        await InvokeAsync(new ChooseDelivery(paper.Id, DeliveryChoice.Automatic));
        (await WaitingAsync()).Documents.ShouldBe(0, "what is on paper is not mailed besides");
    }

    [Fact]
    public async Task a_cancellation_leaves_like_an_invoice_and_the_cancelled_invoice_does_not()
    {
        await Office.IssueAsync(PlannedMembership.Charge(Member("anna"), 10));
        await Office.InvokeAsync<CancelledInvoice>(new CancelInvoice("BR-2026-00001", "Falsches Jahr"));

        await SendAsync();

        Read(Server.Mails.ShouldHaveSingleItem()).Subject.ShouldEndWith("Stornorechnung ST-2026-00001");
        await Should.ThrowAsync<ProblemsException>(InvokeAsync(new MailDocument("BR-2026-00001", 0)));
    }

    [Fact]
    public async Task the_database_refuses_a_second_first_mail_and_any_change_of_a_proof()
    {
        await Office.IssueAsync(PlannedMembership.Charge(Member("anna"), 10));
        await SendAsync();

        (
            await Should.ThrowAsync<PostgresException>(
                Office.ExecuteAsync(
                    "insert into billing.mailed_document select archive_file_id, 1, invoice_id, account_id, null, 'document:x', address, now(), 'x' from billing.mailed_document"
                )
            )
        ).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
        foreach (var change in new[] { "update billing.mailed_document set address = 'x'", "delete from billing.mailed_document" })
            (await Should.ThrowAsync<PostgresException>(Office.ExecuteAsync(change))).SqlState.ShouldBe("AS001");
    }

    [Fact]
    public async Task a_test_mail_carries_the_text_and_no_document_and_nothing_counts_as_sent()
    {
        await Office.IssueAsync(PlannedMembership.Charge(Member("anna"), 10));

        await InvokeAsync(new SendTrialMail(null, "office@verein.example"));

        var mail = Read(Server.Mails.ShouldHaveSingleItem());
        mail.To.Mailboxes.Single().Address.ShouldBe("office@verein.example");
        mail.Attachments.ShouldBeEmpty();
        mail.TextBody!.ShouldContain("BR-2026-00001");
        (await WaitingAsync()).ByMail.ShouldBe(1);
        await Should.ThrowAsync<ProblemsException>(InvokeAsync(new SendTrialMail(null, "keine Adresse")));
    }

    private static byte[] Bytes(MimePart part)
    {
        var bytes = new MemoryStream();
        part.Content!.DecodeTo(bytes);
        return bytes.ToArray();
    }
}
