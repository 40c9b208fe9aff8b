using Association.Platform.Data.LongWork;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Data;

/// <summary>What the other tests stand on.</summary>
public sealed class TestOfficeTests
{
    [Fact]
    public async Task an_office_has_a_migrated_database_of_its_own()
    {
        await using var one = await TestOffice.CreateAsync();
        await using var other = await TestOffice.CreateAsync();

        await using var connection = await one.Database.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<int>("select count(*) from platform.schema_migrations")).ShouldBeGreaterThan(0);
        one.ConnectionString.ShouldNotBe(other.ConnectionString);
        (await one.Services.GetRequiredService<LongWorkLog>().RunningAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_person_is_named_by_login_or_role()
    {
        await using var office = await TestOffice.CreateAsync();

        office.As(Roles.Office).Actor.Name.ShouldBe("Anna Dörr");
        office.As("office2").Actor.Name.ShouldBe("Jonas Thull");
        office.As(Roles.Administrator).Actor.Name.ShouldBe("Rüdiger Lambert");
        Should.Throw<ArgumentException>(() => office.As("nobody"));
    }

    [Fact]
    public async Task the_clock_of_an_office_is_set_by_the_test()
    {
        await using var office = await TestOffice.CreateAsync();
        office.Clock.SetToday(new DateOnly(2027, 3, 28)); // the day the clocks change
        office
            .Services.GetRequiredService<TimeProvider>()
            .GetUtcNow()
            .ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe("2027-03-28 10:00");
    }
}
