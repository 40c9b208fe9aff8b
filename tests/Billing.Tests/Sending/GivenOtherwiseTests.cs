using Association.Billing.Accounts.Statement;
using Association.Billing.Deliveries;
using Association.Billing.Deliveries.Letters;
using Association.Billing.Printing.Batches;
using Association.Billing.Sending;
using Association.Billing.Sending.Given;
using Association.Billing.Tests.Office;
using Association.Platform.Messaging;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Sending;

public sealed class GivenOtherwiseTests : MailedOffice
{
    [Fact]
    public async Task all_that_waits_of_a_run_is_noted_as_given_and_nothing_counts_it_as_waiting_any_more()
    {
        var plan = await Office.PlanAsync([.. Enumerable.Range(0, 6).Select(n => PlannedMembership.Charge(Member(n % 2 == 0 ? null : $"m{n}"), 10))]);
        await Office.DeliverAsync(plan);
        await Office.IssueAsync(PlannedMembership.Charge(Member("other"), 10));

        (await Office.InvokeAsync<int>(new NoteGiven(null, plan.Run, 6, BillingOffice.Today, "in der Versammlung"))).ShouldBe(6);

        (await WaitingAsync(plan.Run)).Documents.ShouldBe(0);
        (await WaitingAsync()).ShouldBe(new WaitingCount(1, 1, 1, 0, 0, 0, 0, 0), "what is of no run still waits");
        (await TodayAsync()).ShouldHaveSingleItem().Text.ShouldBe("1 Rechnung wartet auf Versand");
        (await Office.As().Bus.QueryAsync(new PreviewPrintBatch(new PrintChoice()))).Documents.ShouldBe(0);
        var proof = (await DispatchAsync("BR-2026-00001")).Proofs.ShouldHaveSingleItem();
        (proof.Route, proof.State, proof.Recipient, proof.GivenOn, proof.By).ShouldBe(
            (DeliveryRoute.Other, DeliveryState.Given, "in der Versammlung", BillingOffice.Today, Office.As().Actor.Name)
        );
        await SendAsync();
        Server.Mails.ShouldHaveSingleItem().To.ShouldBe(["other@example.org"]);
    }

    [Fact]
    public async Task a_note_is_taken_back_as_long_as_nothing_else_happened_and_its_documents_wait_again()
    {
        var plan = await Office.PlanAsync([PlannedMembership.Charge(Member("anna"), 10), PlannedMembership.Charge(Member("bert"), 10)]);
        await Office.DeliverAsync(plan);
        await Office.InvokeAsync<int>(new NoteGiven(null, plan.Run, 2, BillingOffice.Today, "persönlich"));
        await InvokeAsync(new MailDocument("BR-2026-00001", 0)); // wanted by mail all the same
        var note = (await Office.As().Bus.QueryAsync(new GivenNotes(plan.Run))).ShouldHaveSingleItem();
        note.Documents.ShouldBe(2);

        (await Office.InvokeAsync<int>(new UndoGiven(null, note.Note))).ShouldBe(1, "the other one has left by mail since");

        (await WaitingAsync(plan.Run)).ByMail.ShouldBe(1);
        (await DispatchAsync("BR-2026-00002")).Proofs.ShouldHaveSingleItem().State.ShouldBe(DeliveryState.Withdrawn, "the proof says both");
        await Should.ThrowAsync<ProblemsException>(Office.InvokeAsync<int>(new UndoGiven("BR-2026-00001", null)));
        await Should.ThrowAsync<ProblemsException>(Office.InvokeAsync<int>(new UndoGiven(null, null)));
        (await Office.InvokeAsync<int>(new NoteGiven("BR-2026-00002", null, 1, BillingOffice.Today, "doch persönlich"))).ShouldBe(1);
        (await Office.InvokeAsync<int>(new UndoGiven("BR-2026-00002", null))).ShouldBe(1);
        (await WaitingAsync()).ByMail.ShouldBe(1);
    }

    [Fact]
    public async Task other_numbers_than_shown_days_that_cannot_be_and_no_reason_are_refused_with_nothing_noted()
    {
        await Office.IssueAsync(PlannedMembership.Charge(Member("anna"), 10));
        var (today, number) = (BillingOffice.Today, "BR-2026-00001");
        var refused = new[]
        {
            new NoteGiven(number, null, 2, today, "persönlich"),
            new NoteGiven(null, null, 1, today, "persönlich"),
            new NoteGiven("BR-2026-00009", null, 0, today, "persönlich"),
            new NoteGiven(number, null, 1, today.AddDays(1), "persönlich"),
            new NoteGiven(number, null, 1, today.AddDays(-1), "persönlich"),
            new NoteGiven(number, null, 1, today, " "),
            new NoteGiven(number, null, 1, today, new string('x', 201)),
        };

        foreach (var command in refused)
            await Should.ThrowAsync<ProblemsException>(Office.InvokeAsync<int>(command));

        (await Office.ReadAsync<long>("select count(*) from billing.given_document")).ShouldBe(0);
        (await WaitingAsync()).ByMail.ShouldBe(1);
    }

    [Fact]
    public async Task a_statement_that_nobody_wants_to_send_after_all_is_noted_like_an_invoice()
    {
        var member = Member("anna");
        await Office.IssueAsync(PlannedMembership.Charge(member, 10));
        await Office.InvokeAsync<IssuedStatements>(new IssueStatements([member.Number]));

        (await Office.InvokeAsync<int>(new NoteGiven("KA-1", null, 1, BillingOffice.Today, "am Telefon erklärt"))).ShouldBe(1);

        (await WaitingAsync()).ShouldBe(new WaitingCount(1, 1, 1, 0, 0, 0, 0, 0));
        (await Office.As().Bus.QueryAsync(new ReadMemberDispatch(member.Id))).Proofs.ShouldHaveSingleItem().Number.ShouldBe("KA-1");
    }

    [Fact]
    public async Task noted_twice_at_once_by_two_people_each_document_is_noted_once()
    {
        await Office.IssueAsync([.. Enumerable.Range(0, 5).Select(n => PlannedMembership.Charge(Member($"m{n}"), 10))]);
        var tries = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    try
                    {
                        return await Office.InvokeAsync<int>(new NoteGiven("BR-2026-00003", null, 1, BillingOffice.Today, "persönlich"));
                    }
                    catch (ProblemsException)
                    {
                        return 0;
                    }
                })
        );

        tries.Sum().ShouldBe(1);
        foreach (var change in new[] { "delete from billing.given_document", "update billing.given_document set how = 'x'" })
            (await Should.ThrowAsync<PostgresException>(Office.ExecuteAsync(change))).SqlState.ShouldBe("AS001");
    }
}
