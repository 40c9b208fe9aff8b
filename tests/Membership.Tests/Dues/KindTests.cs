using Association.Membership.Contracts;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Kinds;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Runs;
using Association.Membership.Members.Categories;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Dues;

public sealed class KindTests : IAsyncLifetime
{
    private DuesOffice _dues = null!;

    public async Task InitializeAsync()
    {
        _dues = await DuesOffice.OpenAsync();
        _dues.Office.Clock.SetToday(new DateOnly(2027, 6, 1));
    }

    public async Task DisposeAsync() => await _dues.DisposeAsync();

    [Fact]
    public async Task an_admission_fee_is_charged_once_an_admission_by_two_people_and_a_later_run_charges_who_came_since()
    {
        await _dues.MemberAsync("person", name: "Alt, Anna");
        var first = await _dues.MemberAsync("person", name: "Neu, Nele", joined: "2027-03-15");
        await _dues.MemberAsync("hospital", name: "Klinik", joined: "2027-04-01");
        await _dues.MemberAsync("ministry", name: "Ministerium", joined: "2027-04-01");

        var code = await _dues.ReleaseKindAsync(DuesKind.Admission, Terms(25, ("hospital", 100), ("ministry", 0)));
        code.ShouldBe("2027-A1");
        var run = await _dues.ReadAsync(code);
        (run.Run.Charges, run.Run.Total.Amount, run.Run.Exempt).ShouldBe((2, 125, 1));
        var raised = await RaisedAsync(run.Run.Id);
        raised
            .Select(c => (c.Kind, c.Year, c.Amount.Amount, c.Regulation, c.Lines[0].Text))
            .ShouldBe([
                (DuesKind.Admission, 2027, 100, "Beschluss vom 04.05.2027 (Mitgliederversammlung)", "Aufnahmegebühr, Eintritt am 01.04.2027"),
                (DuesKind.Admission, 2027, 25, "Beschluss vom 04.05.2027 (Mitgliederversammlung)", "Aufnahmegebühr, Eintritt am 15.03.2027"),
            ]);
        await _dues.InvoicedAsync(code);

        await _dues.MemberAsync("person", name: "Später, Sven", joined: "2027-05-20");
        var later = await _dues.ReleaseKindAsync(DuesKind.Admission, Terms(25));
        later.ShouldBe("2027-A2");
        (await _dues.ReadAsync(later)).Run.Charges.ShouldBe(2, "who came since, and the ministry that now pays as all do");
        await _dues.InvoicedAsync(later);

        // Left and admitted again in the same year: another admission, another fee.
        await _dues.ExecuteAsync("update membership.member set joined_on = '2027-05-25' where id = @id", new { id = first.Value });
        (await _dues.ReadAsync(await _dues.ReleaseKindAsync(DuesKind.Admission, Terms(25)))).Run.Charges.ShouldBe(1);
        (await _dues.PreviewAsync()).Summary.AlreadyCharged.ShouldBe(0, "the annual dues are another claim");
    }

    [Fact]
    public async Task a_levy_is_charged_once_a_year_to_whoever_is_liable_and_the_free_stay_free()
    {
        await _dues.MemberAsync("insurer", name: "Kasse");
        await _dues.MemberAsync("person", name: "Gegangen, Gerd", left: "2026-12-31");
        await _dues.ReductionAsync(await _dues.MemberAsync("person", name: "Ehre, Eva"), 100m, kind: "honorary");
        var code = await _dues.ReleaseKindAsync(DuesKind.Levy, Terms(50) with { DueOn = new DateOnly(2027, 9, 1) });
        code.ShouldBe("2027-U1");
        var run = (await _dues.ReadAsync(code)).Run;
        (run.Charges, run.Exempt, run.NotLiable, run.Terms!.Resolution.Body).ShouldBe((1, 1, 1, "Mitgliederversammlung"));
        (await RaisedAsync(run.Id)).ShouldHaveSingleItem().DueOn.ShouldBe(new DateOnly(2027, 9, 1));
        await _dues.InvoicedAsync(code);

        var again = await _dues.StartKindAsync(DuesKind.Levy, Terms(50) with { DueOn = new DateOnly(2027, 9, 1) });
        (await Should.ThrowAsync<ProblemsException>(_dues.InvokeAsync("office", new SubmitDuesRun(await _dues.IdAsync(again))))).Message.ShouldContain(
            "niemand"
        );
        (await _dues.QueryAsync<long>("select count(*) from membership.charge where kind = 'levy' and voided_at is null")).ShouldBe([1]);
    }

    [Fact]
    public async Task terms_without_amount_due_date_or_resolution_are_refused()
    {
        (
            await ProblemsAsync(DuesKind.Levy, new DuesTerms(null, new Dictionary<string, Money>(), null, new Resolution("", new DateOnly(2027, 6, 2), "")))
        ).ShouldBe(["Amount", "DueOn", "ResolvedBy", "ResolvedOn", "Resolution"]);
        (await ProblemsAsync(DuesKind.Annual, Terms(-1))).ShouldBe(["Kind", "Amount"]);
        await _dues.StartKindAsync(DuesKind.Admission, Terms(25));
        (await ProblemsAsync(DuesKind.Admission, Terms(25))).ShouldBe([""]);
    }

    [Fact]
    public async Task who_joins_in_the_year_is_counted_as_part_year_in_the_preview()
    {
        await _dues.MemberAsync("insurer", name: "Kasse");
        await _dues.MemberAsync("person", name: "Neu, Nele", joined: "2027-07-01");
        var summary = (await _dues.PreviewAsync()).Summary;
        (summary.PartYear, summary.Newcomers.Single().Amount.Amount, summary.Total.Amount).ShouldBe((1, 30, 2805));
    }

    [Fact]
    public async Task dues_follow_the_category_of_each_first_of_january_through_three_changes()
    {
        var member = await _dues.MemberAsync("person", name: "Wechsel, Wanda");
        await ChangeAsync(member, "practice", new DateOnly(2026, 11, 23));
        (await AmountAsync(2027)).ShouldBe(120);
        await ChangeAsync(member, "insurer", new DateOnly(2027, 6, 1));

        (await AmountAsync(2027)).ShouldBe(120, "the second change counts from 2028 on");
        (await AmountAsync(2028)).ShouldBe(2775);
        await ChangeAsync(member, "ministry", new DateOnly(2028, 6, 1));
        (await AmountAsync(2027)).ShouldBe(120, "calculated again years later it is what it was");
        (await AmountAsync(2028)).ShouldBe(2775);
        (await AmountAsync(2029)).ShouldBe(600);
        await using var scope = _dues.Office.As("board");
        (await scope.Bus.QueryAsync(new PriceCategories(member, 2028)))
            .Where(p => p.Category is "person" or "insurer" or "hospital")
            .Select(p => (p.Category, p.Amount?.Amount))
            .ShouldBe([("hospital", null), ("insurer", 2775m), ("person", 60m)]);
    }

    private static DuesTerms Terms(decimal amount, params (string Category, decimal Amount)[] own) =>
        new(
            new Money(amount),
            own.ToDictionary(o => o.Category, o => new Money(o.Amount)),
            null,
            new Resolution("Mitgliederversammlung", new DateOnly(2027, 5, 4), "TOP 7")
        );

    private async Task<IReadOnlyList<string>> ProblemsAsync(DuesKind kind, DuesTerms terms) =>
        [.. (await Should.ThrowAsync<ProblemsException>(_dues.StartKindAsync(kind, terms))).Problems.Select(p => p.Field)];

    private async Task<IReadOnlyList<RaisedCharge>> RaisedAsync(DuesRunId run)
    {
        await using var scope = _dues.Office.As(Actor.System);
        return await scope.Services.GetRequiredService<IDuesCharges>().ReadChunkAsync(run, 1, CancellationToken.None);
    }

    private async Task ChangeAsync(MemberId member, string category, DateOnly on)
    {
        _dues.Office.Clock.SetToday(on);
        var version = (await _dues.QueryAsync<uint>("select xmin from membership.member where id = @id", new { id = member.Value })).Single();
        await _dues.InvokeAsync("office", new ChangeCategory(member, version, category));
    }

    private async Task<decimal> AmountAsync(int year) => (await _dues.PreviewAsync(year)).Summary.Total.Amount;
}
