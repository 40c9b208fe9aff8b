using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Dues.Corrections;
using Association.Membership.Dues.Kinds;
using Association.Membership.Dues.Reductions;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Runs;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Dues;

/// <summary>„Falsch berechnet“ for what is charged beside the annual dues.</summary>
public sealed class KindCorrectionTests : IAsyncLifetime
{
    private DuesOffice _dues = null!;

    public async Task InitializeAsync()
    {
        _dues = await DuesOffice.OpenAsync();
        _dues.Office.Clock.SetToday(new DateOnly(2027, 6, 1));
        await _dues.SecondPersonFromAsync(null);
    }

    public async Task DisposeAsync() => await _dues.DisposeAsync();

    [Fact]
    public async Task an_admission_fee_of_the_wrong_category_is_replaced_under_the_terms_of_its_run_and_once_more_when_that_was_wrong_too()
    {
        var member = await _dues.MemberAsync("hospital", name: "Neu, Nele", joined: "2027-03-15");
        await _dues.InvoicedAsync(await _dues.ReleaseKindAsync(DuesKind.Admission, Terms(25, ("hospital", 100), ("practice", 60))));
        var first = await InvoicedAsync("BR-2027-00001");
        (await RefusalAsync(first, 100)).ShouldStartWith("Die Aufnahmegebühr bleibt 100,00 €. Ändern Sie zuerst Kategorie oder Eintritt.");

        await FileAsAsync(member, "practice");
        (await DuesAsync(member)).Charges.Single().Now.ShouldBe(new Money(60), "the member's page offers the correction");
        await _dues.InvokeAsync("office", Correct(first, 60));
        var second = (await RaisedAsync(first)).ShouldNotBeNull();
        (second.Kind, second.Year, second.Amount.Amount, second.Regulation, second.DueOn, second.Lines.Single().Text).ShouldBe(
            (
                DuesKind.Admission,
                2027,
                60,
                "Beschluss vom 04.05.2027 (Mitgliederversammlung)",
                new DateOnly(2027, 3, 15),
                "Aufnahmegebühr, Eintritt am 15.03.2027"
            )
        );
        await BookedAsync(first, "ST-2027-00001", "BR-2027-00002");

        Invoice(second.Id, "BR-2027-00002", 60);
        await FileAsAsync(member, "insurer");
        await _dues.InvokeAsync("office", Correct(second.Id, 25));
        (await RaisedAsync(second.Id)).ShouldNotBeNull().Amount.ShouldBe(new Money(25), "the terms are those of the run, two corrections later");
        (await _dues.QueryAsync<decimal>("select amount from membership.charge where voided_at is null")).ShouldBe([25]);
        (await new CorrectionsHold(new OfficeDatabase(_dues.Office.Database)).RunAsync(CancellationToken.None)).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task a_wrong_day_of_admission_is_put_right_over_the_same_amount_so_that_no_later_run_charges_the_fee_again()
    {
        var member = await _dues.MemberAsync("person", name: "Neu, Nele", joined: "2027-03-15");
        await _dues.InvoicedAsync(await _dues.ReleaseKindAsync(DuesKind.Admission, Terms(25)));
        var charge = await InvoicedAsync("BR-2027-00001");

        await JoinedAsync(member, "2027-04-01");
        await _dues.InvokeAsync("office", Correct(charge, 25));

        (await RaisedAsync(charge)).ShouldNotBeNull().Lines.Single().Text.ShouldBe("Aufnahmegebühr, Eintritt am 01.04.2027");
        var again = await _dues.StartKindAsync(DuesKind.Admission, Terms(25));
        (await Should.ThrowAsync<ProblemsException>(_dues.InvokeAsync("office", new SubmitDuesRun(await _dues.IdAsync(again))))).Message.ShouldContain(
            "niemand"
        );
    }

    [Fact]
    public async Task who_joined_in_another_year_owes_that_years_fee_and_not_this_ones()
    {
        var member = await _dues.MemberAsync("person", name: "Neu, Nele", joined: "2027-03-15");
        await _dues.InvoicedAsync(await _dues.ReleaseKindAsync(DuesKind.Admission, Terms(25)));
        var charge = await InvoicedAsync("BR-2027-00001");

        await JoinedAsync(member, "2026-12-15");
        await _dues.InvokeAsync("office", Correct(charge, 0));

        (await ReadAsync(charge)).Correction!.ReplacementId.ShouldBeNull();
        (await _dues.QueryAsync<long>("select count(*) from membership.charge where voided_at is null")).ShouldBe([0]);
    }

    [Fact]
    public async Task a_levy_follows_category_exemption_and_exit_and_two_people_at_once_replace_it_once()
    {
        await _dues.SecondPersonFromAsync(Money.Zero);
        var member = await _dues.MemberAsync("insurer", name: "Kasse");
        await _dues.InvoicedAsync(await _dues.ReleaseKindAsync(DuesKind.Levy, Terms(50, ("practice", 20)) with { DueOn = new DateOnly(2027, 9, 1) }));
        var charge = await InvoicedAsync("BR-2027-00001");
        await FileAsAsync(member, "practice");

        await _dues.InvokeAsync("office", Correct(charge, 20));
        var asked = (await ReadAsync(charge)).Correction.ShouldNotBeNull();
        (asked.State, asked.Kind, asked.Year).ShouldBe((CorrectionState.Requested, DuesKind.Levy, 2027));
        (await Should.ThrowAsync<ProblemsException>(_dues.InvokeAsync("office", new ApproveCorrection(asked.Id)))).Message.ShouldContain("eine andere Person");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => _dues.InvokeAsync(i % 2 == 0 ? "board" : "office2", new ApproveCorrection(asked.Id))));
        var replaced = (await RaisedAsync(charge)).ShouldNotBeNull();
        (replaced.Kind, replaced.Amount.Amount, replaced.DueOn).ShouldBe((DuesKind.Levy, 20, new DateOnly(2027, 9, 1)));

        await BookedAsync(charge, "ST-2027-00001", "BR-2027-00002");
        Invoice(replaced.Id, "BR-2027-00002", 20);
        await _dues.SecondPersonFromAsync(null);
        await _dues.InvokeAsync("office", new GrantReduction(member, ReductionKind.Honorary, 100m, 2027, null, "Vorstand", new DateOnly(2027, 5, 20)));
        await _dues.InvokeAsync("office", Correct(replaced.Id, 0));
        (await ReadAsync(replaced.Id)).Correction!.NewAmount.ShouldBe(Money.Zero);
        (await _dues.QueryAsync<(long, long)>("select count(*), count(*) filter (where voided_at is null) from membership.charge")).ShouldBe([(2, 0)]);
    }

    private static DuesTerms Terms(decimal amount, params (string Category, decimal Amount)[] own) =>
        new(
            new Money(amount),
            own.ToDictionary(o => o.Category, o => new Money(o.Amount)),
            null,
            new Resolution("Mitgliederversammlung", new DateOnly(2027, 5, 4), "TOP 7")
        );

    private static CorrectCharge Correct(ChargeId charge, decimal expected) => new(charge, new Money(expected), "Falsch erfasst");

    private async Task<string> RefusalAsync(ChargeId charge, decimal expected) =>
        (await Should.ThrowAsync<ProblemsException>(_dues.InvokeAsync("office", Correct(charge, expected)))).Message.Replace('\u00a0', ' ');

    private Task FileAsAsync(MemberId member, string category) =>
        _dues.ExecuteAsync("update membership.member set category = @category where id = @id", new { id = member.Value, category });

    private Task JoinedAsync(MemberId member, string day) =>
        _dues.ExecuteAsync("update membership.member set joined_on = @day::date where id = @id", new { id = member.Value, day });

    private async Task<ChargeId> InvoicedAsync(string number)
    {
        var (id, amount) = (await _dues.QueryAsync<(Guid, decimal)>("select id, amount from membership.charge")).Single();
        Invoice(ChargeId.From(id), number, amount);
        return ChargeId.From(id);
    }

    private void Invoice(ChargeId charge, string number, decimal amount) =>
        _dues.Books.Invoices[charge] = new InvoicedCharge(
            charge,
            number,
            new DateOnly(2027, 6, 1),
            new Money(amount),
            new Money(amount),
            Money.Zero,
            Money.Zero,
            null
        );

    private async Task BookedAsync(ChargeId wrong, string cancellation, string invoice) =>
        await _dues.PublishAsync(new CorrectionBooked((await ReadAsync(wrong)).Correction!.Id, cancellation, invoice, Money.Zero, Money.Zero));

    private async Task<CorrectionFacts> ReadAsync(ChargeId charge)
    {
        await using var scope = _dues.Office.As("board");
        return (await scope.Bus.QueryAsync(new ReadCorrection(charge))).ShouldNotBeNull();
    }

    private async Task<MemberDues> DuesAsync(MemberId member)
    {
        await using var scope = _dues.Office.As("board");
        return await scope.Bus.QueryAsync(new ReadMemberDues(member));
    }

    // What Billing would read of the charge that takes the wrong one's place.
    private async Task<RaisedCharge?> RaisedAsync(ChargeId wrong)
    {
        var replacement = (await ReadAsync(wrong)).Correction!.ReplacementId!.Value;
        await using var scope = _dues.Office.As(Actor.System);
        return (await scope.Services.GetRequiredService<IDuesCharges>().ReadAsync([replacement], CancellationToken.None)).SingleOrDefault();
    }
}
