using System.Globalization;
using Association.Membership.Contracts;
using Association.Membership.Dues.Runs;
using Association.Membership.Renewals.Year;
using Association.Membership.Tests.Dues;
using Association.Platform.Data;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Components;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Renewals;

/// <summary>The checklist of a dues year, and the run that drafts itself.</summary>
public sealed class DuesYearTests : IAsyncLifetime
{
    private DuesOffice _dues = null!;

    // Not below: what an asynchronous method sets ends with it.
    public DuesYearTests() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-DE");

    private TestOffice Office => _dues.Office;

    public async Task InitializeAsync() => _dues = await DuesOffice.OpenAsync();

    public async Task DisposeAsync() => await _dues.DisposeAsync();

    [Theory]
    [InlineData(
        "2027-02-15",
        30,
        "2026-10-25 Regulation, 2026-11-01 Draft, 2026-11-15 DeclarationsAsked, 2026-12-19 DeclarationsAnswered, 2027-01-02 Values, 2027-01-12 Approval, 2027-01-16 Execution, 2027-01-19 Sending, 2027-02-01 PreNotification, 2027-03-01 Reminders, 2027-12-31 Closing"
    )]
    [InlineData(
        "2027-07-01",
        14,
        "2026-10-25 Regulation, 2026-11-01 Draft, 2027-04-16 DeclarationsAsked, 2027-05-20 DeclarationsAnswered, 2027-06-03 Values, 2027-06-13 Approval, 2027-06-17 Execution, 2027-06-17 PreNotification, 2027-06-20 Sending, 2027-07-15 Reminders, 2027-12-31 Closing"
    )]
    [InlineData(
        "2027-01-02",
        60,
        "2026-09-02 DeclarationsAsked, 2026-10-06 Regulation, 2026-10-06 DeclarationsAnswered, 2026-10-13 Draft, 2026-10-20 Values, 2026-10-30 Approval, 2026-11-03 Execution, 2026-11-06 Sending, 2026-12-19 PreNotification, 2027-01-16 Reminders, 2027-12-31 Closing"
    )]
    public void days_count_back_from_the_due_date(string due, int daysAfterIssue, string expected) =>
        string.Join(
                ", ",
                DuesYearDates
                    .Of(2027, DateOnly.Parse(due, CultureInfo.InvariantCulture), daysAfterIssue, new OfficeRules())
                    .Select(s => $"{s.Day:yyyy-MM-dd} {s.Step}")
            )
            .ShouldBe(expected);

    [Fact]
    public async Task what_the_books_know_is_done_by_itself_and_the_rest_is_ticked()
    {
        await _dues.MemberAsync("insurer", name: "Zahlt");
        var silent = await _dues.MemberAsync("hospital", name: "Ohne Betten");
        var year = await ReadAsync();
        (year.Due, year.Run, year.Next!.Step).ShouldBe((new DateOnly(2027, 2, 15), null, DuesYearStep.Regulation));
        year.Steps.Where(s => s.IsDone).ShouldBeEmpty();
        Of(year, DuesYearStep.Values).Left.ShouldBe(1);

        await Office.As("office").Bus.InvokeAsync(new TickDuesYearStep(2027, DuesYearStep.Regulation));
        await _dues.ValueAsync(silent, 120);
        var code = await _dues.StartAsync();
        year = await ReadAsync();

        year.Run.ShouldBe(code);
        year.Steps.Where(s => s.IsDone).Select(s => s.Step).ShouldBe([DuesYearStep.Regulation, DuesYearStep.Draft, DuesYearStep.Values]);
        Of(year, DuesYearStep.Regulation).DoneBy.ShouldBe("Anna Dörr");
        Of(year, DuesYearStep.Draft).DoneBy.ShouldBeNull();
        year.StateOf(Of(year, DuesYearStep.DeclarationsAsked)).ShouldBe(StepState.Current);

        await Office.As("office").Bus.InvokeAsync(new TickDuesYearStep(2027, DuesYearStep.Regulation, Done: false));
        Of(await ReadAsync(), DuesYearStep.Regulation).IsDone.ShouldBeFalse();
        (await ProblemAsync(new TickDuesYearStep(2027, DuesYearStep.Approval))).ShouldStartWith("„Beitragslauf freigeben“ ergibt sich aus dem Beitragslauf");
        (await ProblemAsync(new TickDuesYearStep(2020, DuesYearStep.Regulation))).ShouldStartWith("Für 2020 gilt keine Beitragsordnung.");
    }

    [Fact]
    public async Task steps_that_are_late_are_one_row_of_heute_until_something_after_them_is_done()
    {
        var row = (await RowsAsync()).ShouldHaveSingleItem();
        row.Text.ShouldBe("Beitragsjahr 2027: 2 Schritte überfällig");
        row.Detail.ShouldBe("Beitragsordnung prüfen, Selbstauskünfte anfordern");
        (row.Href, row.Due).ShouldBe(("/office/dues/years/2027", new DateOnly(2026, 10, 25)));

        await Office.As("office").Bus.InvokeAsync(new TickDuesYearStep(2027, DuesYearStep.DeclarationsAsked));
        (await RowsAsync()).ShouldBeEmpty("what comes before was left out, and nobody needs to be told for a year");
    }

    [Fact]
    public async Task from_the_first_of_november_on_the_coming_year_has_its_draft_once()
    {
        await DraftAsync("2026-10-31");
        (await RunsAsync()).ShouldBe("");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DraftAsync("2026-11-01")));
        await DraftAsync("2026-11-02");
        (await RunsAsync()).ShouldBe("2027-1 System");

        await Office.As("office").Bus.InvokeAsync(new DiscardDuesRun(await _dues.IdAsync("2027-1")));
        (await DraftAsync("2026-11-03")).ShouldBe("Der Entwurf für 2027 wurde verworfen; er kommt nicht von selbst wieder.");
        (await RunsAsync()).ShouldBe("");
        Of(await ReadAsync(), DuesYearStep.Draft).IsDone.ShouldBeFalse();
    }

    [Fact]
    public async Task without_a_regulation_nothing_is_drafted_and_a_run_that_somebody_began_stays_the_only_one()
    {
        (await DraftAsync("2019-11-05")).ShouldBe("Für 2020 gilt keine Beitragsordnung.");
        await _dues.StartAsync();
        (await DraftAsync("2026-11-23")).ShouldBe("Für 2027 gibt es schon einen Beitragslauf.");
        (await RunsAsync()).ShouldBe("2027-1 Anna Dörr");
    }

    private async Task<string> DraftAsync(string day)
    {
        var session = await Office
            .As(Actor.System)
            .InvokeAndWaitAsync(new DraftDuesRun(Guid.CreateVersion7(), DateOnly.Parse(day, CultureInfo.InvariantCulture)));
        session.Report.DeadLettered.ShouldBeEmpty();
        var stored = session.SentOf<JobReport>().Single().Findings.Single().Detail;
        StoredText.Parse(stored).ShouldNotBeNull("everybody reads it in her own language");
        return Office.As("office").Services.GetRequiredService<IStringLocalizerFactory>().Say(stored);
    }

    private async Task<string> RunsAsync() =>
        (
            await _dues.QueryAsync<string>("select coalesce(string_agg(year || '-' || number || ' ' || created_by_name, ', '), '') from membership.dues_run")
        ).Single();

    private async Task<DuesYear> ReadAsync() => (await Office.As("office").Bus.QueryAsync(new ReadDuesYear(2027))).ShouldNotBeNull();

    private static YearStep Of(DuesYear year, DuesYearStep step) => year.Steps.Single(s => s.Step == step);

    private async Task<string> ProblemAsync(object command) =>
        (await Should.ThrowAsync<ProblemsException>(() => Office.As("office").Bus.InvokeAsync(command))).Problems.Single().Text;

    private async Task<IReadOnlyList<TodayRow>> RowsAsync()
    {
        var office = Office.As("office");
        return await office.Services.GetServices<ITodayTask>().OfType<DuesYearTasks>().Single().FindAsync(office.Actor, CancellationToken.None);
    }
}
