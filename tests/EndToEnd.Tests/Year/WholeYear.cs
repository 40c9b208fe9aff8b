using System.Text;
using System.Text.RegularExpressions;
using Association.Platform.Data.Kernel;
using MimeKit;
using Shouldly;
using Received = Association.Testing.Received;

namespace Association.EndToEnd.Tests.Year;

/// <summary>A year from 1 November to 31 October: what the calendar does each morning, what the office and the board do then, and what 300 members
/// do.</summary>
internal static class WholeYear
{
    /// <summary>Lives it, and compares every mail and letter with an expectation that knows nothing of the product.</summary>
    public static async Task LiveAsync(bool kills)
    {
        await using var office = await YearOffice.OpenAsync(YearPlan.First, kills);
        var (members, money) = (new YearMembers(office), new YearMoney(office));
        await members.BeginAsync();
        for (var day = YearPlan.First; day <= YearPlan.Last; day = day.AddDays(1))
        {
            office.Today = day;
            await office.MorningAsync();
            await members.LiveAsync();
            await money.LiveAsync();
            await office.EveningAsync();
        }

        var levels = (
            await office.ReadAsync<(string, int)>("select l.number, r.level from billing.reminder r join billing.letter l on l.id = r.letter_id")
        ).ToDictionary(l => l.Item1, l => l.Item2);
        var mails = office.Server.Mails.Select(m => Read(m, levels));
        var letters = (
            await office.ReadAsync<(DateOnly Day, string Member, string What)>(
                """
                select (d.state_at at time zone 'Europe/Berlin')::date, a.member_number,
                       case when r.level > 0 then 'reminder ' || r.level when s.number = 0 then 'declaration' when s.number > 0 then 'declaration again'
                            else 'invoice' end
                  from billing.delivery d join billing.account a on a.id = d.account_id
                  left join billing.reminder r on r.letter_id = d.document_id
                  left join membership.declaration_sending s on s.file_id = d.archive_file_id
                 where d.route = 'paper' and d.state = 'posted'
                """
            )
        ).Select(l => new Leaves(l.Day, l.Member, l.What));
        Lines(mails.Concat(letters)).ShouldBe(Lines(YearExpectation.All()));
        (await office.RunAsync("verify")).GetProperty("ok").GetBoolean().ShouldBeTrue();
        (await office.ReadAsync<string>("select exception_text from messaging.dead_letter")).ShouldBeEmpty();
    }

    private static IEnumerable<string> Lines(IEnumerable<Leaves> list) => list.Select(l => $"{l.Day:yyyy-MM-dd} {l.To} {l.What}").Order(StringComparer.Ordinal);

    private static Leaves Read(Received received, Dictionary<string, int> levels)
    {
        var mail = MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(received.Data)));
        var what = mail.Subject.ShouldNotBeNull() switch
        {
            var s when Regex.Match(s, @"MA-\d+") is { Success: true } reminder => $"reminder {levels[reminder.Value]}",
            var s when s.Contains("BR-", StringComparison.Ordinal) => "invoice",
            var s when s.Contains("claration", StringComparison.Ordinal) || s.Contains("Selbstauskunft", StringComparison.Ordinal) => s.StartsWith(
                "Erinnerung",
                StringComparison.Ordinal
            )
            || s.StartsWith("Re", StringComparison.Ordinal)
            || s.StartsWith("Rappel", StringComparison.Ordinal)
                ? "declaration again"
                : "declaration",
            var s when s.StartsWith("Heute: ", StringComparison.Ordinal) => "digest",
            var s when s.StartsWith("Votre demande", StringComparison.Ordinal) => "application",
            var s when s.StartsWith("Bienvenue", StringComparison.Ordinal) => "welcome",
            var other => other,
        };
        return new Leaves(mail.Date.ToBusinessDate(), received.To.Single(), what);
    }
}
