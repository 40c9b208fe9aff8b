using Association.Board.Tests.Reading;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Board.Tests;

/// <summary>A number that stands in several places is the same in all of them: <em>Heute</em>, lists, accounts, journal, the board's report.</summary>
public sealed class NumbersAgreeTests(SeededYear year) : IClassFixture<SeededYear>
{
    [Fact]
    public Task a_number_is_the_same_on_today_in_lists_accounts_journal_and_report() => Numbers.ShouldAgreeAsync(year.Office, year.Book);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task it_stays_so_whatever_happens_to_claims(int seed)
    {
        await using var office = await BoardOffice.OpenAsync(new DateOnly(2026, 11, 23));
        (await RandomYear.LiveAsync(office, new Random(seed))).ShouldBeGreaterThan(15, "acts that were done");
        await Numbers.ShouldAgreeAsync(office, await office.ReportAsync("2027-01-01", "2027-12-31"));
    }

    [Fact]
    public async Task it_is_so_in_the_demo()
    {
        await using var office = await BoardOffice.OpenAsync(new DateOnly(2026, 11, 23));
        await using (var system = office.Office.As(Actor.System))
            foreach (var data in system.Services.GetServices<IDemoData>().OrderBy(d => d.Order))
                await data.SeedAsync(CancellationToken.None);
        await Numbers.ShouldAgreeAsync(office, await office.ReportAsync("2026-01-01", "2026-12-31"));
    }
}
