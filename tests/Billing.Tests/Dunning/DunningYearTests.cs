using Association.Billing.Deliveries;
using Association.Billing.Dunning.Runs;
using Association.Billing.Dunning.Stops;
using Association.Billing.Receivables;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Mail.Operation;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Dunning;

/// <summary>
/// A year day by day with 300 members: every letter that leaves is compared with an expectation that knows nothing of the product. Every working morning the
/// calendar prepares, the board agrees, the office sends and posts.
/// </summary>
public sealed class DunningYearTests() : DunnedOffice(working: false)
{
    private const int Members = 300;
    private static readonly DateOnly Last = new(2027, 10, 31);

    // The dispute of everybody whose number ends in 6: reminded once, then stopped until this day.
    private static readonly DateOnly StoppedFrom = new(2027, 3, 10);
    private static readonly DateOnly StoppedUntil = new(2027, 5, 15);

    private readonly Random _random = new(4714);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task every_letter_of_the_year_is_the_expected_one_also_when_two_hosts_are_killed_whenever_letters_leave(bool killed)
    {
        await SetRulesAsync();
        var members = Enumerable.Range(0, Members).Select(New).ToList();
        await BillAsync(120, [.. members]);
        await InvokeAsync(new ChooseDelivery(members[8].Id, DeliveryChoice.Paper));
        for (var day = Due; day <= Last; day = day.AddDays(1))
        {
            Day(day);
            if (IsWorkingDay(day))
                await MorningAsync(day, killed);
            await HappenAsync(day, members);
        }

        var written = await ListAsync<(string Member, int Level, DateOnly Day)>(
            """
            select a.member_number, r.level, (l.created_at at time zone 'Europe/Berlin')::date from billing.reminder r
              join billing.letter l on l.id = r.letter_id join billing.account a on a.id = r.account_id order by 1, 2
            """
        );
        var expected = members.SelectMany((m, n) => Expected(n).Select(e => (m.Number, e.Level, e.Day))).OrderBy(e => e.Number).ThenBy(e => e.Level).ToList();
        written.ShouldBe(expected);
        var byMail = members.SelectMany((m, n) => n % 10 == 7 || n == 8 ? [] : Expected(n).Select(_ => $"m{n}@example.org"));
        Server.Mails.Select(m => m.To.Single()).Order().ShouldBe(byMail.Order(), "each by mail, but those who want paper");
        (await Office.ReadAsync<long>("select count(*) from billing.delivery where state = 'posted'")).ShouldBe(written.Count - Server.Mails.Count);
        (await Office.ReadAsync<decimal>("select sum(credit - debit) from billing.posting_line where ledger_account = 'fee_income'")).ShouldBe(
            expected.Sum(e =>
                e.Level switch
                {
                    1 => 0m,
                    2 => 5m,
                    _ => 10m,
                }
            )
        );
        await Office.ShouldVerifyAsync();
    }

    private MemberCard New(int n) =>
        Office.Membership.AddMember(c =>
            c with
            {
                Email = n % 10 is 7 or 9 ? null : $"m{n}@example.org",
                NoPost = n % 10 == 9,
                Language = (n % 3) switch
                {
                    0 => "de",
                    1 => "fr",
                    _ => "en",
                },
                Route = n % 10 == 5 ? PaymentRoute.DirectDebit : PaymentRoute.Transfer,
                Iban = n % 10 == 5 ? "DE02120300000000202051" : null,
                MandateReference = n % 10 == 5 ? $"M-{n}" : null,
                MandateSignedOn = n % 10 == 5 ? new DateOnly(2020, 1, 1) : null,
            }
        );

    // What members do, by the last digit of their place; after the office's morning.
    private async Task HappenAsync(DateOnly day, List<MemberCard> members)
    {
        if (day == new DateOnly(2027, 2, 15))
            await PayAllAsync(0, 120);
        if (day == new DateOnly(2027, 3, 5))
            await PayAllAsync(1, 120);
        if (day == new DateOnly(2027, 2, 20))
            await PayAllAsync(2, 60);
        if (day == new DateOnly(2027, 3, 27))
            await PayAllAsync(4, 125);
        if (day == new DateOnly(2027, 4, 30))
            await PayAllAsync(8, 135);
        if (day == StoppedFrom)
            foreach (var (_, member) in members.Index().Where(m => m.Index % 10 == 6))
                await InvokeAsync(new StopReminders(member.Number, null, StopReason.Dispute, "", StoppedUntil));
    }

    private async Task PayAllAsync(int digit, decimal amount)
    {
        for (var n = digit; n < Members; n += 10)
            await PayAsync($"BR-2026-{n + 1:00000}", amount);
    }

    private async Task MorningAsync(DateOnly day, bool killed)
    {
        var scope = Office.AsSystem();
        await scope.Bus.PublishAsync(new RemindMembers(Guid.CreateVersion7()));
        (await scope.DrainAsync()).Ok.ShouldBeTrue();
        if ((await Office.As().Bus.QueryAsync(new ListDunningRuns(1))) is not [{ Run: { State: DunningRunState.Submitted, Number: var number } }])
            return;
        await Office.As(Roles.Board).Bus.InvokeAsync(new ApproveReminders(number));
        if (killed)
        {
            await Office.As().Bus.InvokeAsync(new SendReminders(number));
            await KillTwoAsync(_random, 1500, day);
            await Office.AsSystem().Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();
            await DecideAsync();
        }
        else
            await InvokeAsync(new SendReminders(number));
        await PostPaperAsync();
    }

    // What a killed host was just telling the server is uncertain: a person looks whether it arrived.
    private async Task DecideAsync()
    {
        foreach (
            var (id, number) in await ListAsync<(Guid, string)>(
                """
                select m.id, l.number from mail.outgoing_mail m join billing.mailed_document d on d.purpose = m.purpose join billing.letter l on l.id = d.letter_id
                 where m.state = 'unknown'
                """
            )
        )
        {
            var scope = Office.As(Roles.Administrator);
            await scope.Bus.InvokeAsync(
                Server.Mails.Any(m => Read(m).Subject!.EndsWith(number, StringComparison.Ordinal)) ? new ConfirmMailArrived(id) : new SendMailAgain(id)
            );
            (await scope.DrainAsync()).Ok.ShouldBeTrue();
        }
    }

    // The regulation, told anew: 14 days after the due day, then each 21 days after the letter before it, on a working day, unless stopped.
    private static IEnumerable<(int Level, DateOnly Day)> Expected(int n)
    {
        var letters = (n % 10) switch
        {
            0 or 5 or 9 => 0, // in time, collected, reached by nothing
            1 => 1,
            4 => 2,
            _ => 3,
        };
        var due = Due.AddDays(14);
        for (var level = 1; level <= letters; level++)
        {
            var day = due;
            while (!IsWorkingDay(day) || (n % 10 == 6 && day >= StoppedFrom && day <= StoppedUntil))
                day = day.AddDays(1);
            yield return (level, day);
            due = day.AddDays(21);
        }
    }

    private static bool IsWorkingDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
