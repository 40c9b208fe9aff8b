using Association.Membership.Dues.Calculation;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Dues;

public sealed class MemberFactsTests
{
    [Fact]
    public async Task the_calculator_takes_over_what_a_run_would_take()
    {
        await using var office = await DuesOffice.OpenAsync();
        var member = await office.MemberAsync("hospital", 640, "Klinikum", joined: "2027-05-12", asOf: "2026-10-15", acceptedFor: 2027);
        await office.ReductionAsync(member, 50);
        await using var scope = office.Office.As(Roles.Office);

        var facts = await scope.Bus.QueryAsync(new ReadMemberFacts(" 1000 ", 2027));

        facts.ShouldBe(new MemberFacts("Klinikum", "hospital", 640, new DateOnly(2027, 5, 12), 50m));
    }

    [Fact]
    public async Task a_value_that_nobody_accepted_for_the_year_is_not_taken_over()
    {
        await using var office = await DuesOffice.OpenAsync();
        await office.MemberAsync("hospital", 640, asOf: "2026-10-15");
        await using var scope = office.Office.As(Roles.Office);

        (await scope.Bus.QueryAsync(new ReadMemberFacts("1000", 2027))).ShouldNotBeNull().Value.ShouldBeNull();
        (await scope.Bus.QueryAsync(new ReadMemberFacts("4711", 2027))).ShouldBeNull();
    }
}
