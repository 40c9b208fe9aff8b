using Association.Membership.Contracts;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Reductions;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Dues;

/// <summary>The figure with which a member's page opens.</summary>
public sealed class DuesOfYearTests
{
    [Fact]
    public async Task the_dues_of_this_year_are_told_with_the_way_they_come_about_or_why_there_are_none()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var before = await dues.MemberAsync("insurer", lastYear: 1500m);
        (await ReadAsync(dues, before)).ShouldBe((2026, DuesOrigin.Prior, "1500.00"));

        dues.Office.Clock.SetToday(new DateOnly(2027, 2, 1));
        (await ReadAsync(dues, before)).ShouldBe((2027, DuesOrigin.Expected, "2775.00"));
        (await ReadAsync(dues, await dues.MemberAsync("hospital", 640))).Amount.ShouldNotBeNull();
        (await ReadAsync(dues, await dues.MemberAsync("hospital"))).ShouldBe((2027, DuesOrigin.MissingInput, null));
        (await ReadAsync(dues, await dues.MemberAsync("insurer", left: "2026-12-31"))).ShouldBe((2027, DuesOrigin.NotLiable, "0.00"));
        var free = await dues.MemberAsync("insurer");
        await dues.ReductionAsync(free, 100m);
        (await ReadAsync(dues, free)).ShouldBe((2027, DuesOrigin.Exempt, "0.00"));

        dues.Office.Clock.SetToday(new DateOnly(2020, 2, 1));
        (await ReadAsync(dues, before)).ShouldBe((2020, DuesOrigin.NoRegulation, null));
    }

    [Fact]
    public async Task what_was_charged_counts_whatever_the_members_data_say_now()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var member = await dues.MemberAsync("insurer");
        var code = await dues.StartAsync();
        await dues.InvokeAsync("office", new Membership.Dues.Runs.SubmitDuesRun(await dues.IdAsync(code)));
        await dues.ReductionAsync(member, 50m);

        dues.Office.Clock.SetToday(new DateOnly(2027, 2, 1));
        await using var scope = dues.Office.As("board");
        var figure = await scope.Bus.QueryAsync(new ReadDuesOfYear(member));
        (figure.Origin, figure.Amount.ToString()).ShouldBe((DuesOrigin.Charged, "2775.00"));
        figure.Steps.ShouldHaveSingleItem().ShouldBeOfType<FlatStep>();
    }

    private static async Task<(int Year, DuesOrigin Origin, string? Amount)> ReadAsync(DuesOffice dues, MemberId member)
    {
        await using var scope = dues.Office.As("board");
        var figure = await scope.Bus.QueryAsync(new ReadDuesOfYear(member));
        return (figure.Year, figure.Origin, figure.Amount?.ToString());
    }
}
