using System.Globalization;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Data;

/// <summary>The office's rules: defaults, versions, and two who save at once.</summary>
public sealed class OfficeRulesTests : IAsyncLifetime
{
    private TestOffice _office = null!;

    private IOfficeRules Rules => _office.Services.GetRequiredService<IOfficeRules>();

    public async Task InitializeAsync() => _office = await TestOffice.CreateAsync();

    public Task DisposeAsync() => _office.DisposeAsync().AsTask();

    [Fact]
    public async Task without_a_decision_the_defaults_hold()
    {
        var rules = await Rules.CurrentAsync(CancellationToken.None);

        rules.ShouldBe(OfficeRules.Default);
        (rules.Due.Day, rules.Due.Month, rules.Due.DaysAfterIssue).ShouldBe((15, 2, 30));
        (rules.Reminders.ReminderAfterDays, rules.Reminders.FirstLevelAfterDays, rules.Reminders.SecondLevelAfterDays).ShouldBe((14, 21, 21));
        rules.Languages.Codes.ShouldBe(["de", "fr", "en"]);
    }

    [Theory]
    [InlineData(1, "2026-11-22", "2026-01-01", "2026-12-31")]
    [InlineData(7, "2026-11-22", "2026-07-01", "2027-06-30")]
    [InlineData(7, "2027-06-30", "2026-07-01", "2027-06-30")]
    [InlineData(3, "2028-02-29", "2027-03-01", "2028-02-29")]
    public void the_fiscal_year_of_a_day_begins_with_its_month(int month, string day, string from, string to) =>
        new BookkeepingRules(month)
            .FiscalYearOf(DateOnly.Parse(day, CultureInfo.InvariantCulture))
            .ShouldBe((DateOnly.Parse(from, CultureInfo.InvariantCulture), DateOnly.Parse(to, CultureInfo.InvariantCulture)));

    [Fact]
    public async Task every_version_stays_with_who_saved_it()
    {
        var wished = OfficeRules.Default with
        {
            Settlement = new(SettlementOrder.FeesFirst, new Money(0.05m)),
            FourEyes = new() { CancellationFrom = null, WaiverFrom = new Money(250m) },
            Languages = new(French: false),
        };

        (await SaveAsync(wished, "Rüdiger Lambert")).ShouldBe(1);
        (await SaveAsync(wished with { Version = 1, Bookkeeping = new(7, AccountingBasis.Claims) }, "Anna Dörr")).ShouldBe(2);

        (await Rules.VersionAsync(1, CancellationToken.None)).ShouldBe(wished with { Version = 1 });
        (await Rules.CurrentAsync(CancellationToken.None)).Bookkeeping.ShouldBe(new BookkeepingRules(7, AccountingBasis.Claims));
        (await Rules.HistoryAsync(CancellationToken.None)).Select(v => (v.Version, v.By)).ShouldBe([(2, "Anna Dörr"), (1, "Rüdiger Lambert")]);
        await Should.ThrowAsync<KeyNotFoundException>(() => Rules.VersionAsync(3, CancellationToken.None));
    }

    [Fact]
    public async Task of_two_who_save_at_once_one_is_told()
    {
        await using var first = await BeginAsync("Anna Dörr");
        (await Rules.SaveAsync(first.Connection!, OfficeRules.Default, CancellationToken.None)).ShouldBe(1);
        var second = SaveAsync(OfficeRules.Default, "Jonas Thull");
        await first.CommitAsync();

        (await second).ShouldBeNull();
        (await SaveAsync(OfficeRules.Default, "Jonas Thull")).ShouldBeNull("version 0 is no longer the newest");
    }

    [Fact]
    public async Task a_rule_that_a_stored_version_lacks_has_its_default()
    {
        await using (var connection = await _office.Database.OpenConnectionAsync())
            await connection.ExecuteAsync("""insert into platform.office_rules (version, rules) values (1, '{"Due": {"Day": 1, "Month": 3}}')""");

        var rules = await Rules.CurrentAsync(CancellationToken.None);

        rules.Due.ShouldBe(new DueRules(1, 3));
        rules.FourEyes.ShouldBe(OfficeRules.Default.FourEyes);
    }

    [Fact]
    public void an_amount_reaches_a_limit_or_there_is_none()
    {
        FourEyesRules.Reaches(null, new Money(1_000_000m)).ShouldBeFalse();
        FourEyesRules.Reaches(Money.Zero, new Money(0.01m)).ShouldBeTrue();
        FourEyesRules.Reaches(new Money(100m), new Money(99.99m)).ShouldBeFalse();
        FourEyesRules.Reaches(new Money(100m), new Money(-100m)).ShouldBeTrue("the sign does not matter");
    }

    private async Task<int?> SaveAsync(OfficeRules rules, string by)
    {
        await using var transaction = await BeginAsync(by);
        var version = await Rules.SaveAsync(transaction.Connection!, rules, CancellationToken.None);
        await transaction.CommitAsync();
        return version;
    }

    private async Task<NpgsqlTransaction> BeginAsync(string by)
    {
        var connection = await _office.Database.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("select set_config('association.user_name', @by, true)", new { by }, transaction);
        return transaction;
    }
}
