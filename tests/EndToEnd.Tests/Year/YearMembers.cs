using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using MimeKit;
using Shouldly;
using static Association.EndToEnd.Tests.Year.YearPlan;

namespace Association.EndToEnd.Tests.Year;

/// <summary>Who is a member, what members tell, who comes and goes.</summary>
internal sealed class YearMembers(YearOffice office)
{
    private readonly Dictionary<int, Guid> _ids = [];

    /// <summary>The list with which the year begins.</summary>
    public async Task BeginAsync()
    {
        var list = Path.Combine(office.Files, "mitglieder.csv");
        await File.WriteAllLinesAsync(
            list,
            Enumerable
                .Range(1, Members)
                .Select(Row)
                .Prepend("Mitgliedsnummer;Name;Kategorie;Straße;PLZ;Ort;Eintritt;E-Mail;Sprache;Zahlungsart;IBAN;Mandatsreferenz;Mandat vom")
        );
        (await office.RunAsync("import-members", list, "--apply", "--as", "office")).GetProperty("new").GetInt32().ShouldBe(Members);
        var rules = Path.Combine(office.Files, "regeln.json");
        await File.WriteAllTextAsync(rules, """{ "reminders": { "firstLevelFee": "5.00", "secondLevelFee": "10.00" } }""");
        await office.RunAsync("settings", "set", rules);
        foreach (var (id, number) in await office.ReadAsync<(Guid, string)>("select id, number from membership.member"))
            _ids[int.Parse(number, CultureInfo.InvariantCulture)] = id;
        await office.ExecuteAsync("update identity.person set email = 'vorstand@example.org' where user_name = 'board'");
        await office.InvokeAsync(
            "GrantReduction",
            new
            {
                member = _ids[41],
                kind = "Resolution",
                percent = 50,
                fromYear = 2027,
                toYear = 2027,
                resolvedBy = "Vorstand",
                resolvedOn = "2026-10-12",
            },
            "office"
        );
    }

    /// <summary>What happens on a day, after the calendar's morning.</summary>
    public async Task LiveAsync()
    {
        var day = office.Today;
        if (day == RoundOpened)
            await office.AmidKillsAsync(OpenRoundAsync);
        foreach (var n in Enumerable.Range(1, Members).Where(n => IsHospital(n) && AnsweredOn(n) == day))
            await AnswerAsync(n);
        await ComeAndGoAsync(day);
        if (day.DayOfWeek == DayOfWeek.Monday)
            await AskAsync();
    }

    private Task OpenRoundAsync() =>
        office.RunAsync("self-declarations", "--open", "--year", "2027", "--answer-by", "2026-11-30", "--site", "https://verein.example", "--as", "office");

    private static string Row(int n)
    {
        var language = (n % 3) switch
        {
            0 => "de",
            1 => "fr",
            _ => "en",
        };
        var collected = n % 10 == 5 ? $"Lastschrift;{IbanOf(n)};M-{n};01.{(n == 15 ? "03.2024" : "01.2026")}" : "Überweisung;;;";
        return $"{n};{(IsHospital(n) ? "Klinik" : "Praxis")} Nummer {n};{(IsHospital(n) ? "Krankenhaus" : "Arztpraxis")};Hauptstraße {n};66111;Saarbrücken;"
            + $"01.01.2020;{MailOf(n)};{language};{collected}";
    }

    private static string IbanOf(int n)
    {
        var account = $"12030000{n:0000000000}";
        var check = 98 - (int)(BigInteger.Parse(account + "131400", CultureInfo.InvariantCulture) % 97); // 1314 is DE
        return $"DE{check:00}{account}";
    }

    // The first two by the link of their mail, the third by telephone; of those without an address all.
    private async Task AnswerAsync(int n)
    {
        var beds = 100 + n;
        if (MailOf(n) is { } address && n / 10 % 5 != 3)
        {
            var mail = office.Server.Mails.Last(m => m.To.Single() == address && m.Data.Contains("verein.example", StringComparison.Ordinal));
            var key = Regex.Match(TextOf(mail.Data), @"declaration\?key=(\S+)").Groups[1].Value;
            await office.RunAsync(
                "invoke",
                "AnswerDeclaration",
                JsonSerializer.Serialize(
                    new
                    {
                        key,
                        send = true,
                        value = beds,
                        by = "Verwaltung",
                    }
                )
            );
        }
        else
            await office.InvokeAsync(
                "NoteAnswer",
                new
                {
                    year = 2027,
                    number = $"{n}",
                    value = beds,
                    by = "am Telefon",
                },
                "office"
            );
        await office.InvokeAsync(
            "ConfirmDeclaration",
            new
            {
                year = 2027,
                number = $"{n}",
                value = beds,
            },
            "office"
        );
    }

    private async Task ComeAndGoAsync(DateOnly day)
    {
        if (day == Applied)
            await office.RunAsync(
                "invoke",
                "SendApplication",
                JsonSerializer.Serialize(
                    new
                    {
                        id = Guid.CreateVersion7(),
                        form = new
                        {
                            kind = "Organisation",
                            category = "practice",
                            value = (int?)null,
                            joinsOn = "2027-03-01",
                            name = "Praxis Neu",
                            addition = "",
                            street = "Neugasse 1",
                            postalCode = "66111",
                            town = "Saarbrücken",
                            country = "DE",
                            language = "fr",
                            email = Applicant,
                            contactName = "Dr. Neu",
                        },
                        statutes = true,
                        privacy = true,
                        mandate = false,
                    }
                )
            );
        // One leaves in time, one too late for this year, one thinks better of it.
        foreach (var n in Leaving.Where(l => l.Value == day).Select(l => l.Key))
        {
            await LeaveAsync(n);
            await ConfirmAsync(n, "Leaving", "Ihr Austritt zum {LetzterTag}");
        }
        if (day == Stays)
        {
            await office.InvokeAsync("WithdrawResignation", new { id = _ids[31], version = await VersionAsync(31) }, "office");
            await ConfirmAsync(31, "Staying", "Sie bleiben Mitglied");
        }
        if (day == new DateOnly(2026, 11, 3))
        {
            await office.InvokeAsync(
                "ChangeCategory",
                new
                {
                    id = _ids[71],
                    version = await VersionAsync(71),
                    category = "research",
                },
                "office"
            );
            await office.InvokeAsync(
                "AddContact",
                new
                {
                    memberId = _ids[61],
                    salutation = "Ms",
                    name = "Dr. Anna Roth",
                    email = (string?)null,
                    phone = (string?)null,
                },
                "office"
            );
            var contactId = (await office.ReadAsync<Guid>("select id from membership.contact")).Single();
            await office.InvokeAsync(
                "AssignFunction",
                new
                {
                    contactId,
                    kind = "Management",
                    title = "",
                    validFrom = (DateOnly?)null,
                    validTo = "2027-06-30",
                },
                "office"
            );
        }
        if (day == Submitted)
            await office.InvokeAsync("SubmitApplication", new { number = 1 }, "office");
        if (day == Accepted)
            await office.InvokeAsync(
                "AcceptApplication",
                new
                {
                    number = 1,
                    joinedOn = "2027-03-01",
                    resolvedBy = "Vorstand",
                    resolvedOn = "2027-02-16",
                    resolution = "einstimmig",
                },
                "board"
            );
    }

    // Whoever's deadline nears is asked.
    private async Task AskAsync()
    {
        foreach (var renewal in (await office.InvokeAsync("ListRenewals", new { }, "office")).EnumerateArray().Where(r => r.GetProperty("isOpen").GetBoolean()))
            await office.InvokeAsync(
                "AskMember",
                new
                {
                    key = renewal.GetProperty("key"),
                    contact = (Guid?)null,
                    way = "Mail",
                    text = new
                    {
                        subject = $"Frist {renewal.GetProperty("key").GetProperty("kind").GetString()}",
                        body = "Was soll weiter gelten?",
                        language = "de",
                    },
                },
                "office"
            );
    }

    private async Task LeaveAsync(int n) =>
        await office.InvokeAsync(
            "RecordResignation",
            new
            {
                id = _ids[n],
                version = await VersionAsync(n),
                reason = "Resignation",
                noticeReceivedOn = office.Today,
                leavesOn = n == 21 ? new DateOnly(2028, 12, 31) : (DateOnly?)null, // a year more is never computed without a word
            },
            "office"
        );

    private Task ConfirmAsync(int n, string purpose, string subject) =>
        office.InvokeAsync(
            "ConfirmLeaving",
            new
            {
                member = _ids[n],
                purpose,
                way = "Mail",
                text = new
                {
                    subject,
                    body = "Mit Dank",
                    language = "de",
                },
            },
            "office"
        );

    private async Task<long> VersionAsync(int n) =>
        (await office.ReadAsync<long>($"select xmin::text::bigint from membership.member where id = '{_ids[n]}'")).Single();

    private static string TextOf(string mail) => MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail))).TextBody.ShouldNotBeNull();
}
