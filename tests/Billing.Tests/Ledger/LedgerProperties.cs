using Association.Billing.Invoices.Browsing;
using Association.Billing.Invoices.Cancelling;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Payments;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Ledger;

/// <summary>Whatever is issued, paid, set off and cancelled in whatever order, the books say what a simple model says.</summary>
public sealed class LedgerProperties : IAsyncLifetime
{
    private BillingOffice _office = null!;

    public async Task InitializeAsync() => _office = await BillingOffice.OpenAsync();

    public async Task DisposeAsync() => await _office.DisposeAsync();

    private abstract record Step
    {
        public sealed record Issue(int Cents) : Step;

        public sealed record Pay(int Which, int Cents) : Step;

        public sealed record TakeBack(int Which) : Step;

        public sealed record SetOff(int Which) : Step;

        public sealed record Cancel(int Which) : Step;
    }

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (3, Gen.Choose(1, 500_000).Select(c => (Step)new Step.Issue(c))),
        (5, from which in Gen.Choose(0, 9) from cents in Gen.Choose(1, 600_000) select (Step)new Step.Pay(which, cents)),
        (2, Gen.Choose(0, 9).Select(i => (Step)new Step.TakeBack(i))),
        (2, Gen.Choose(0, 9).Select(i => (Step)new Step.SetOff(i))),
        (2, Gen.Choose(0, 9).Select(i => (Step)new Step.Cancel(i)))
    );

    [Fact]
    public async Task any_sequence_of_issuing_paying_taking_back_setting_off_and_cancelling_keeps_the_books_right()
    {
        foreach (var (sequence, round) in Steps.ListOf(12).Sample(12, 6).Select((s, i) => (s, i)))
            await PlayAsync([new Step.Issue(12_000), .. sequence], $"round {round}: {string.Join(", ", sequence)}");
        await _office.ShouldVerifyAsync();
    }

    /// <summary>What a member's account is, in plain arithmetic.</summary>
    private sealed class Model
    {
        public List<(string Number, decimal Amount, decimal Open, bool Cancelled)> Invoices { get; } = [];

        /// <summary>Each payment: on which invoice, how much, what of it was credit at once, whether it was taken back.</summary>
        public List<(int Invoice, long Entry, decimal Amount, decimal Credit, bool TakenBack)> Payments { get; } = [];

        public decimal Credit { get; set; }

        public decimal Paid { get; set; }
    }

    private async Task PlayAsync(IReadOnlyList<Step> steps, string what)
    {
        var (member, model) = (_office.Membership.AddMember(), new Model());
        foreach (var step in steps)
        {
            await ApplyAsync(step, member, model);
            await ShouldAgreeAsync(member, model, what);
        }
    }

    private async Task ApplyAsync(Step step, MemberCard member, Model model)
    {
        switch (step)
        {
            case Step.Issue(var cents):
                await _office.IssueAsync(PlannedMembership.Charge(member, cents / 100m, year: 2027 + model.Invoices.Count));
                var newest = await _office.ReadAsync<string>("select number from billing.invoice where kind = 'invoice' order by sequence desc limit 1");
                model.Invoices.Add((newest, cents / 100m, cents / 100m, false));
                break;
            case Step.Pay(var which, var cents):
                var paid = model.Invoices[which % model.Invoices.Count];
                var amount = new Money(cents / 100m);
                var payment = new RecordPayment(paid.Number, amount, BillingOffice.Today, CreditUpTo: amount);
                if (paid.Cancelled)
                {
                    await Should.ThrowAsync<ProblemsException>(_office.InvokeAsync<RecordedPayment>(payment));
                    break;
                }
                var settles = Math.Min(paid.Open, cents / 100m);
                var entry = (await _office.InvokeAsync<RecordedPayment>(payment)).Entry;
                model.Payments.Add((which % model.Invoices.Count, entry, amount.Amount, amount.Amount - settles, false));
                model.Invoices[which % model.Invoices.Count] = paid with { Open = paid.Open - settles };
                (model.Credit, model.Paid) = (model.Credit + cents / 100m - settles, model.Paid + cents / 100m);
                break;
            case Step.TakeBack(var which):
                if (model.Payments.Count == 0)
                    break;
                var wrong = model.Payments[which % model.Payments.Count];
                var was = model.Invoices[wrong.Invoice];
                var fromCredit = was.Cancelled ? wrong.Amount : wrong.Credit;
                if (wrong.TakenBack || fromCredit > model.Credit)
                {
                    await Should.ThrowAsync<ProblemsException>(_office.InvokeAsync<ReversedPayment>(new ReversePayment(wrong.Entry, "Probe")));
                    break;
                }
                await _office.InvokeAsync<ReversedPayment>(new ReversePayment(wrong.Entry, "Probe"));
                model.Payments[which % model.Payments.Count] = wrong with { TakenBack = true };
                model.Invoices[wrong.Invoice] = was with { Open = was.Open + wrong.Amount - fromCredit };
                (model.Credit, model.Paid) = (model.Credit - fromCredit, model.Paid - wrong.Amount);
                break;
            case Step.SetOff(var which):
                var open = model.Invoices[which % model.Invoices.Count];
                var used = Math.Min(model.Credit, open.Open);
                if (used == 0)
                {
                    await Should.ThrowAsync<ProblemsException>(_office.InvokeAsync<SetOff>(new SetOffCredit(open.Number)));
                    break;
                }
                await _office.InvokeAsync<SetOff>(new SetOffCredit(open.Number));
                model.Invoices[which % model.Invoices.Count] = open with { Open = open.Open - used };
                model.Credit -= used;
                break;
            case Step.Cancel(var which):
                var cancelled = model.Invoices[which % model.Invoices.Count];
                if (cancelled.Cancelled)
                {
                    await Should.ThrowAsync<ProblemsException>(_office.InvokeAsync<CancelledInvoice>(new CancelInvoice(cancelled.Number, "Noch einmal")));
                    break;
                }
                await _office.CancelAsync(cancelled.Number, "Probe");
                model.Credit += cancelled.Amount - cancelled.Open;
                model.Invoices[which % model.Invoices.Count] = cancelled with { Open = 0, Cancelled = true };
                break;
        }
    }

    private async Task ShouldAgreeAsync(MemberCard member, Model model, string what)
    {
        await using var connection = await _office.Office.Database.OpenConnectionAsync();
        var open = (
            await connection.QueryAsync<(string Number, decimal Open)>(
                "select i.number, o.open from billing.open_item o join billing.invoice i on i.id = o.invoice_id join billing.account a on a.id = o.account_id where a.member_id = @id order by 1",
                new { id = member.Id.Value }
            )
        ).ToList();
        open.ShouldBe(model.Invoices.Where(i => i.Open > 0).Select(i => (i.Number, i.Open)).Order().ToList(), what);
        var credit =
            await connection.ExecuteScalarAsync<decimal?>(
                "select balance from billing.credit_balance c join billing.account a on a.id = c.account_id where a.member_id = @id",
                new { id = member.Id.Value }
            ) ?? 0;
        credit.ShouldBe(model.Credit, what);

        var account = (await _office.As().Bus.QueryAsync(new Association.Billing.Accounts.GetAccount(member.Id))).ShouldNotBeNull();
        account.Movements[0].Balance.Amount.ShouldBe(model.Invoices.Sum(i => i.Open) - model.Credit, what);
        // charged − cancelled − paid = open − credit, the control line of the board's workbook
        (model.Invoices.Where(i => !i.Cancelled).Sum(i => i.Amount) - model.Paid).ShouldBe(account.Movements[0].Balance.Amount, what);
    }
}
