using Association.Membership.Dues.Reductions;
using Association.Platform.Messaging;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Dues;

public sealed class ReductionTests
{
    [Fact]
    public async Task a_reduction_counts_in_its_years_only_and_answers_the_question_of_the_import()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var member = await dues.MemberAsync("insurer");
        await dues.ExecuteAsync(
            "insert into membership.clarification (id, member_id, kind, text) values (gen_random_uuid(), @id, 'reduction', 'Beitrag ermäßigt lt. Vorstand 12.3.19')",
            new { id = member.Value }
        );
        var question = (await ReadAsync(dues, member)).Question.ShouldNotBeNull();

        await dues.InvokeAsync(
            "office",
            new GrantReduction(member, ReductionKind.Resolution, 33.33m, 2027, 2027, "Vorstand", new DateOnly(2019, 3, 12), "", question.Id)
        );

        (await dues.PreviewAsync()).Summary.Total.ToString().ShouldBe("1850.09");
        (await dues.PreviewAsync(2028)).Summary.Total.ToString().ShouldBe("2775.00");
        (await ReadAsync(dues, member)).Question.ShouldBeNull();
    }

    [Fact]
    public async Task two_reductions_in_one_year_are_refused_by_the_command_and_by_the_database()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var member = await dues.MemberAsync("insurer");
        await dues.InvokeAsync("office", Granted(member, 50m, 2027, null));

        (await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office", Granted(member, 20m, 2030, 2031)))).Message.ShouldContain("50");
        await Should.ThrowAsync<Npgsql.PostgresException>(dues.ReductionAsync(member, 20m, 2029));
    }

    [Fact]
    public async Task a_reduction_ends_with_a_year_or_goes_when_it_never_held()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var member = await dues.MemberAsync("insurer");
        await dues.InvokeAsync("office", Granted(member, 50m, 2026, null));
        var reduction = (await ReadAsync(dues, member)).Reductions.Single();

        await dues.InvokeAsync("office", new EndReduction(reduction.Id, 2026));
        (await dues.PreviewAsync()).Summary.Total.ToString().ShouldBe("2775.00");
        await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office", new EndReduction(reduction.Id, 2027)));
        await dues.InvokeAsync("office", new EndReduction(reduction.Id, 2025));
        (await ReadAsync(dues, member)).Reductions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100.01)]
    [InlineData(12.345)]
    public async Task a_percentage_outside_its_range_is_refused(double percent)
    {
        await using var dues = await DuesOffice.OpenAsync();
        var member = await dues.MemberAsync("insurer");

        await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office", Granted(member, (decimal)percent, 2027, null)));
        await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office", Granted(member, 10m, 2027, 2026)));
        await Should.ThrowAsync<PermissionDeniedException>(dues.InvokeAsync("board", Granted(member, 10m, 2027, null)));
    }

    private static GrantReduction Granted(Contracts.MemberId member, decimal percent, int from, int? to) =>
        new(member, ReductionKind.Resolution, percent, from, to, "Vorstand", new DateOnly(2026, 3, 12));

    private static async Task<MemberDues> ReadAsync(DuesOffice dues, Contracts.MemberId member)
    {
        await using var scope = dues.Office.As("board");
        return await scope.Bus.QueryAsync(new ReadMemberDues(member));
    }
}
