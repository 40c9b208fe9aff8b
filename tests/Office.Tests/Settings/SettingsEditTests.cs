using Association.Office.Settings;
using Association.Office.Settings.Numbers;
using Association.Office.Settings.Profile;
using Association.Office.Settings.Rules;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;
using Shouldly;
using Xunit;

namespace Association.Office.Tests.Settings;

/// <summary>Saving settings: versions, history, two who edit, and what is refused.</summary>
public sealed class SettingsEditTests
{
    private static readonly AssociationData Data = AssociationData.Of(FirstProfiles.Demo);

    [Fact]
    public async Task every_saving_is_a_version_whose_history_says_who_and_what()
    {
        await using var office = await SettingsOffice.OpenAsync();
        await office.InvokeAsync("admin", new ChangeAssociation(1, Data with { Street = "Am Staden 14" }));
        await office.InvokeAsync("admin", new ChangeAssociation(2, Data with { Street = "Am Staden 14" }));
        await office.InvokeAsync("admin", new ChangeFourEyes(0, new FourEyesRules { CancellationFrom = null, WaiverFrom = new Money(250m) }));

        var settings = await office.ReadAsync();
        settings.Profile.Version.ShouldBe(2, "what changes nothing makes no version");
        settings
            .Changes[0]
            .Values.Select(v => (v.Field, v.Old, v.New))
            .ShouldBe([("FourEyes.WaiverFrom", "0.00", "250.00"), ("FourEyes.CancellationFrom", "5000.00", null)]);
        settings.Changes[1].Values.Single().ShouldBe(new("Street", "Am Staden 12", "Am Staden 14"));
        settings.Changes.Select(c => c.By).ShouldBe(["Rüdiger Lambert", "Rüdiger Lambert", "System"]);
    }

    [Fact]
    public async Task of_two_editors_of_one_group_the_second_is_told_who_changed_what()
    {
        await using var office = await SettingsOffice.OpenAsync();
        await office.InvokeAsync("admin", new ChangeAssociation(1, Data with { Phone = "+49 681 1" }));

        var conflict = await Should.ThrowAsync<ConcurrentEditException>(() =>
            office.InvokeAsync("admin", new ChangeAssociation(1, Data with { Phone = "+49 681 2" }))
        );

        conflict.Message.ShouldStartWith("Rüdiger Lambert hat dies inzwischen geändert");
        conflict.Message.ShouldContain("Telefon „+49 681 1“");
        (await office.ReadAsync()).Profile.Phone.ShouldBe("+49 681 1");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(17)]
    public async Task settings_of_a_version_that_there_never_was_are_refused_with_the_one_in_force(int seen)
    {
        await using var office = await SettingsOffice.OpenAsync();

        var rules = await Should.ThrowAsync<ProblemsException>(() => office.InvokeAsync("admin", new ChangeFourEyes(seen, new FourEyesRules())));
        var data = await Should.ThrowAsync<ProblemsException>(() => office.InvokeAsync("admin", new ChangeAssociation(seen, Data)));

        rules.Problems.ShouldHaveSingleItem().Text.ShouldContain("es gilt die Fassung 0");
        data.Problems.ShouldHaveSingleItem().Text.ShouldContain("es gilt die Fassung 1");
    }

    [Fact]
    public async Task two_editors_of_different_groups_do_not_disturb_each_other()
    {
        await using var office = await SettingsOffice.OpenAsync();
        await office.InvokeAsync("admin", new ChangeFourEyes(0, new FourEyesRules { WaiverFrom = null }));
        await office.InvokeAsync("admin", new ChangeOfficeRules(0, new OfferedLanguages(English: false), new BookkeepingRules(7), new NoticeRules()));

        var rules = (await office.ReadAsync()).Rules;
        (rules.Version, rules.FourEyes.WaiverFrom, rules.Bookkeeping.FiscalYearMonth, rules.Languages.English).ShouldBe((2, null, 7, false));
    }

    [Fact]
    public async Task wrong_values_are_refused_at_their_fields()
    {
        await using var office = await SettingsOffice.OpenAsync();
        (
            await office.ProblemsAsync(
                "admin",
                new ChangeAssociation(
                    1,
                    Data with
                    {
                        Name = "",
                        Street = "",
                        PostalCode = "6612",
                        Email = "k.A.",
                        Website = "https://x.example",
                        ShortName = new string('x', 25),
                    }
                )
            )
        )
            .Select(p => p.Field)
            .ShouldBe(["Name", "Street", "ShortName", "PostalCode", "Email", "Website"], ignoreOrder: true);
        (await office.ProblemsAsync("admin", new ChangeClaimRules(0, new DueRules(30, 2, -1), new ReminderRules(), new SettlementRules())))
            .Select(p => p.Field)
            .ShouldBe(["Due.Day", "Due.DaysAfterIssue"], ignoreOrder: true);
        (await office.ProblemsAsync("admin", new ChangeFourEyes(0, new FourEyesRules { RefundFrom = new Money(-0.01m) })))
            .Single()
            .Field.ShouldBe("FourEyes.RefundFrom");
        (
            await office.ProblemsAsync(
                "admin",
                new ChangeOfficeRules(0, new OfferedLanguages(), new BookkeepingRules(13) { Income = new("40", "4O10", "4020") }, new NoticeRules())
            )
        )
            .Select(p => p.Field)
            .ShouldBe(["Bookkeeping.FiscalYearMonth", "Bookkeeping.Income.Dues", "Bookkeeping.Income.Admission"], ignoreOrder: true);
    }

    [Fact]
    public async Task numbers_name_their_year_and_no_two_series_share_a_prefix()
    {
        await using var office = await SettingsOffice.OpenAsync();
        async Task<IEnumerable<string>> FieldsAsync(NumberRules numbers) =>
            (await office.ProblemsAsync("admin", new ChangeNumbers(0, numbers))).Select(p => p.Field);

        (
            await FieldsAsync(
                new()
                {
                    Invoices = new("br"),
                    Cancellations = new("ZULANGES"),
                    Members = new("1A"),
                }
            )
        ).ShouldBe(["Numbers.Invoices.Prefix", "Numbers.Cancellations.Prefix", "Numbers.Members.Prefix"]);
        (await FieldsAsync(new() { Invoices = new("BR", NumberYear.Without, 2), Cancellations = new("ST", NumberYear.TwoDigits, 9) })).ShouldBe([
            "Numbers.Invoices.Year",
            "Numbers.Invoices.Digits",
            "Numbers.Cancellations.Digits",
        ]);
        (await FieldsAsync(new() { Invoices = new("ST"), Cancellations = new("ST") })).ShouldBe(["Numbers.Invoices.Prefix", "Numbers.Cancellations.Prefix"]);

        await office.InvokeAsync(
            "admin",
            new ChangeNumbers(0, new() { Invoices = new("RE", NumberYear.TwoDigits, 4), Members = new("M", NumberYear.Without, 4) })
        );
        var settings = await office.ReadAsync();
        settings.Rules.Numbers.Invoices.Write(2026, 13).ShouldBe("RE-26-0013");
        settings
            .Changes[0]
            .Values.Select(v => v.Field)
            .ShouldBe(["Numbers.Invoices.Prefix", "Numbers.Invoices.Year", "Numbers.Invoices.Digits", "Numbers.Members.Prefix", "Numbers.Members.Digits"]);
    }

    [Theory]
    [InlineData("ST", "Storno")]
    [InlineData("GS", "Storno")]
    [InlineData("EB", "Übernommener Posten")]
    [InlineData("M", null)] // members give theirs up with the same saving
    public void a_prefix_that_another_series_bore_is_not_taken_over(string prefix, string? refusedBy)
    {
        NumberSeriesState[] used =
        [
            new("Invoices", "Rechnung", "BR-2026-00002", ["BR"]),
            new("Cancellations", "Storno", "ST-2026-00001", ["ST", "GS"]),
            new("", "Übernommener Posten", "EB-00001", ["EB"]),
            new("Members", "Mitglied", "M-1001", ["M"]),
        ];

        var problems = NumberFormProblems.Of(new NumberRules { Invoices = new(prefix) }, used, new EchoingTexts()).ToList();

        (problems.FirstOrDefault()?.Text).ShouldBe(refusedBy is null ? null : $"Problem.PrefixTaken {prefix} {refusedBy}");
    }

    [Fact]
    public async Task a_file_of_rules_is_saved_as_a_whole_or_not_at_all()
    {
        await using var office = await SettingsOffice.OpenAsync();
        var wished = OfficeRules.Default with
        {
            Languages = new(French: false),
            Due = new(31, 12),
            FourEyes = new() { WaiverFrom = new Money(100m) },
        };

        (
            await office.ProblemsAsync(
                "admin",
                new ChangeRules(
                    0,
                    wished with
                    {
                        Due = new(32, 12),
                        FourEyes = new() { RefundFrom = new Money(-1m) },
                    }
                )
            )
        ).Select(p => p.Field).ShouldBe(["Due.Day", "FourEyes.RefundFrom"]);
        (await office.ReadAsync()).Rules.ShouldBe(OfficeRules.Default, "the languages were right, and were not saved either");

        await office.InvokeAsync("admin", new ChangeRules(0, wished));
        (await office.ReadAsync()).Rules.ShouldBe(wished with { Version = 1 }, "one version for all groups");
        await Should.ThrowAsync<ConcurrentEditException>(() => office.InvokeAsync("admin", new ChangeRules(0, OfficeRules.Default)));
    }

    [Fact]
    public async Task what_nothing_reads_yet_stays_as_it_is_stored()
    {
        await using var office = await SettingsOffice.OpenAsync();
        var other = OfficeRules.Default with
        {
            Reminders = new(7),
            Settlement = new(SettlementOrder.FeesFirst),
            Bookkeeping = new(7, AccountingBasis.Claims, "SKR 04"),
        };
        await office.InvokeAsync("admin", new ChangeRules(0, other));
        await office.InvokeAsync(
            "admin",
            new ChangeOfficeRules(1, new OfferedLanguages(French: false), other.Bookkeeping with { FiscalYearMonth = 8 }, new NoticeRules())
        );

        (await office.ReadAsync()).Rules.ShouldBe(
            OfficeRules.Default with
            {
                Version = 2,
                Languages = new(French: false),
                Bookkeeping = new(8),
                Reminders = other.Reminders,
                Settlement = other.Settlement,
            },
            "what is read is changed, basis and chart are not"
        );
    }

    [Fact]
    public async Task today_asks_for_the_data_until_they_are_there_and_confirmed()
    {
        await using var office = await SettingsOffice.OpenAsync(FirstProfiles.Own);
        (await office.TodayAsync("admin"))
            .Single()
            .Detail.ShouldBe("Es fehlt noch: Name des Vereins, Straße und Hausnummer, Ort, E-Mail der Geschäftsstelle, IBAN.");
        (await office.TodayAsync("office")).ShouldBeEmpty("the office cannot change them");
        (await office.ProblemsAsync("admin", new ConfirmSettings(1))).Single().Text.ShouldStartWith("Es fehlt noch:");

        await office.InvokeAsync("admin", new ChangeAssociation(1, Data));
        await office.InvokeAsync("admin", new Association.Office.Settings.Accounts.ProposeBankDetails(new("Bank", "DE89370400440532013000", "", ""), ""));
        (await office.TodayAsync("admin")).Single().Detail.ShouldBe("Name, Anschrift und Konto des Vereins sind noch nicht bestätigt.");
        (await office.ProblemsAsync("admin", new ConfirmSettings(2))).Single().Text.ShouldStartWith("Die Angaben wurden inzwischen geändert.");
        await office.InvokeAsync("admin", new ConfirmSettings(3));
        (await office.TodayAsync("admin")).ShouldBeEmpty();
    }

    /// <summary>Says key and places, so that a test need not know the sentence.</summary>
    private sealed class EchoingTexts : IStringLocalizer<SettingsTexts>
    {
        public LocalizedString this[string name] => new(name, name);

        public LocalizedString this[string name, params object[] arguments] => new(name, $"{name} {string.Join(' ', arguments)}");

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }
}
