using System.Text;
using Association.Billing.Accounts.Opening;
using Association.Billing.Accounts.Refunds;
using Association.Billing.Invoices.Cancelling;
using Association.Billing.Invoices.Relief;
using Association.Billing.Ledger.Payments;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;

namespace Association.Board.Tests;

/// <summary>A year in which anything may happen to a claim: paid, paid in part or too much, taken back, cancelled, waived, written off, set off,
/// refunded.</summary>
internal static class RandomYear
{
    private const int Acts = 40;

    /// <summary>From the first charges on.</summary>
    /// <returns>How many acts were done; others were refused, because there was nothing to do them on.</returns>
    public static async Task<int> LiveAsync(BoardOffice office, Random random)
    {
        var members = new List<MemberId>();
        foreach (var at in Enumerable.Range(1, 10))
            members.Add(await office.MemberAsync(at % 4 == 0 ? "insurer" : "practice", $"Mitglied {at}", route: at % 5 == 0 ? "direct_debit" : "transfer"));
        await office.ChargeAsync(2027);
        office.Office.Clock.SetToday(new DateOnly(2027, 2, 1));
        await office.InvokeAsync<TakenOpening>(
            "office",
            new TakeOverOpening(
                new OpeningList(
                    "salden.csv",
                    Encoding.UTF8.GetBytes(
                        """
                        Mitgliedsnummer;Name;Offener Betrag;Guthaben;Beitragsjahr;Fällig;Beleg
                        1000;Mitglied 1;90;;2025;15.02.2025;2025-7
                        1001;Mitglied 2;;15;2026;;
                        """
                    ),
                    new Money(75)
                )
            )
        );
        var done = 0;
        for (var act = 0; act < Acts; act++)
        {
            var today = new DateOnly(2027, 2, 2).AddDays(act * 7);
            office.Office.Clock.SetToday(today);
            try
            {
                await ActAsync(office, random, members[random.Next(members.Count)], today);
                done++;
            }
            catch (ProblemsException)
            {
                // There was nothing to do it on.
            }
        }
        return done;
    }

    private static async Task ActAsync(BoardOffice office, Random random, MemberId member, DateOnly today)
    {
        var number = await office.InvoiceAsync(member, 2027);
        var amount = new Money(random.Next(1, 200));
        switch (random.Next(9))
        {
            case 0 or 1 or 2:
                await office.InvokeAsync<RecordedPayment>("office", new RecordPayment(number, amount, today, CreditUpTo: amount));
                break;
            case 3:
                var paid = await office.InvokeAsync<RecordedPayment>("office", new RecordPayment(number, amount, today, CreditUpTo: amount));
                await office.InvokeAsync<ReversedPayment>("office", new ReversePayment(paid.Entry, "Falsche Rechnung"));
                break;
            case 4:
                if ((await office.InvokeAsync<CancelledInvoice>("office", new CancelInvoice(number, "Falsche Kategorie"))).Number is null)
                    await office.InvokeAsync("office2", new ApproveCancellation(number));
                break;
            case 5 or 6:
                var kind = random.Next(2) == 0 ? ReliefKind.Waiver : ReliefKind.WriteOff;
                var part = new Money(random.Next(1, 40));
                if (
                    await office.InvokeAsync<ReliefState>("office", new RequestRelief(number, kind, "Vorstand", today, "Beschluss vom Tag", part))
                    == ReliefState.Requested
                )
                    await office.InvokeAsync("office2", new ApproveRelief(number));
                break;
            case 7:
                await office.InvokeAsync<SetOff>("office", new SetOffCredit(number));
                break;
            default:
                var whose = await office.ReadAsync<string>("select number from membership.member where id = @id", new { id = member.Value });
                if (!(await office.InvokeAsync<RefundedCredit>("office", new RefundCredit(whose, new Money(5), today))).Posted)
                    await office.InvokeAsync(
                        "office2",
                        new ApproveRefund(
                            RefundRequestId.From(await office.ReadAsync<Guid>("select id from billing.refund_request where state = 'requested'")),
                            today
                        )
                    );
                break;
        }
    }
}
