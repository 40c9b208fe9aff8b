using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Dues.Corrections;
using Association.Membership.Dues.Reductions;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Dues;

public sealed class CorrectionTests : IAsyncLifetime
{
    private DuesOffice _dues = null!;
    private MemberId _member;
    private ChargeId _charge;

    public async Task InitializeAsync()
    {
        _dues = await DuesOffice.OpenAsync();
        _member = await _dues.MemberAsync("hospital", 640, "Klinikum Homburg gGmbH");
        await _dues.InvoicedAsync(await _dues.ReleaseAsync());
        _charge = ChargeId.From((await _dues.QueryAsync<Guid>("select id from membership.charge")).Single());
        Invoice(paid: 0);
    }

    public async Task DisposeAsync() => await _dues.DisposeAsync();

    [Fact]
    public async Task what_did_not_change_is_refused_and_what_did_is_replaced_by_a_charge_of_the_same_kind_and_year()
    {
        (await RefusalAsync("office", 5244)).ShouldStartWith("Die Berechnung ergibt denselben Betrag: 5.244,00 €.");
        await BedsAsync(210);

        var facts = await ReadAsync();
        (facts.Charge.Amount.Amount, facts.Now!.Amount.Amount).ShouldBe((5244, 1500));
        (await RefusalAsync("office", 5000)).ShouldStartWith("Die Berechnung ergibt jetzt 1.500,00 € statt 5.000,00 €.");
        (await Should.ThrowAsync<PermissionDeniedException>(_dues.InvokeAsync("board", Correct(1500)))).Permission.ShouldBe("membership.dues.correct");
        await WithoutSecondPersonAsync(Correct(1500));

        var correction = (await ReadAsync()).Correction.ShouldNotBeNull();
        correction.State.ShouldBe(CorrectionState.Released);
        var raised = (await RaisedAsync(correction.ReplacementId!.Value)).ShouldNotBeNull();
        (raised.Kind, raised.Year, raised.Amount.Amount, raised.Member, raised.Regulation).ShouldBe(
            (DuesKind.Annual, 2027, 1500, _member, "Beitragsordnung vom 12.11.2026")
        );
        (await _dues.QueryAsync<long>("select count(*) from membership.charge where voided_at is null")).ShouldBe([1]);
        (await _dues.PreviewAsync()).Summary.AlreadyCharged.ShouldBe(1, "the charge that replaces another is live");
        (await _dues.PreviewAsync()).Summary.Charges.ShouldBe(0);

        await _dues.PublishAsync(new CorrectionBooked(correction.Id, "ST-2026-00001", "BR-2026-00002", new Money(0), new Money(0)));
        await _dues.PublishAsync(new CorrectionBooked(correction.Id, "ST-2026-00001", "BR-2026-00002", new Money(0), new Money(0)));
        var done = (await ReadAsync()).Correction!;
        (done.State, done.Cancellation, done.NewInvoice).ShouldBe((CorrectionState.Done, "ST-2026-00001", "BR-2026-00002"));
        (await new CorrectionsHold(new OfficeDatabase(_dues.Office.Database)).RunAsync(CancellationToken.None)).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task two_people_and_eight_clicks_at_once_replace_the_charge_once()
    {
        await _dues.SecondPersonFromAsync(null);
        await BedsAsync(210);

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async i =>
                {
                    try
                    {
                        await _dues.InvokeAsync(i % 2 == 0 ? "office" : "office2", Correct(1500));
                        return "";
                    }
                    catch (ProblemsException refused)
                    {
                        return refused.Message;
                    }
                })
        );

        outcomes.Count(o => o.Length == 0).ShouldBe(1);
        outcomes.Where(o => o.Length > 0).ShouldAllBe(o => o.StartsWith("BR-2026-00001 ist schon neu berechnet"));
        (await _dues.QueryAsync<(long, long)>("select count(*), count(*) filter (where voided_at is null) from membership.charge")).ShouldBe([(2, 1)]);
        (await _dues.QueryAsync<long>("select count(*) from membership.dues_correction")).ShouldBe([1]);
    }

    [Fact]
    public async Task from_the_limit_on_another_person_agrees_first_and_only_to_what_was_asked_for()
    {
        await BedsAsync(210);
        await _dues.InvokeAsync("office", Correct(1500));
        var asked = (await ReadAsync()).Correction.ShouldNotBeNull();
        (asked.State, asked.Approval.NeedsSecond).ShouldBe((CorrectionState.Requested, true));
        (await _dues.QueryAsync<long>("select count(*) from membership.charge where voided_at is not null")).ShouldBe([0]);

        (await Should.ThrowAsync<ProblemsException>(_dues.InvokeAsync("office", new ApproveCorrection(asked.Id)))).Message.ShouldContain("eine andere Person");
        (
            await Should.ThrowAsync<Npgsql.PostgresException>(
                _dues.ExecuteAsync("update membership.dues_correction set approved_by = requested_by, approved_by_name = 'x', approved_at = now()")
            )
        ).ConstraintName.ShouldBe("dues_correction_four_eyes");
        await BedsAsync(320);
        (await Should.ThrowAsync<ProblemsException>(_dues.InvokeAsync("board", new ApproveCorrection(asked.Id)))).Message.ShouldContain(
            "3.500,00\u00a0€ statt 1.500,00\u00a0€"
        );
        await _dues.InvokeAsync("board", new WithdrawCorrection(asked.Id, "Erst die Betten klären"));

        await _dues.InvokeAsync("office", Correct(3500));
        var again = (await ReadAsync()).Correction.ShouldNotBeNull();
        await Task.WhenAll(_dues.InvokeAsync("board", new ApproveCorrection(again.Id)), _dues.InvokeAsync("office2", new ApproveCorrection(again.Id)));
        (await ReadAsync()).Correction!.State.ShouldBe(CorrectionState.Released);
        (await _dues.QueryAsync<decimal>("select amount from membership.charge where voided_at is null")).ShouldBe([3500]);
    }

    [Fact]
    public async Task who_corrects_or_agrees_on_a_page_that_is_out_of_date_is_refused_and_told_what_happened_since()
    {
        await BedsAsync(210);
        Shown("5244.00/1/0");
        var page = (await ReadAsync()).Invoice!.Shown;
        Shown("5144.00/2/0");
        (await Should.ThrowAsync<ProblemsException>(_dues.InvokeAsync("office", Correct(1500) with { Shown = page }))).Message.ShouldBe("Seither: 5144.00/2/0");
        (await ReadAsync()).Correction.ShouldBeNull();

        await _dues.InvokeAsync("office", Correct(1500) with { Shown = (await ReadAsync()).Invoice!.Shown });
        var asked = (await ReadAsync()).Correction.ShouldNotBeNull();
        (await Should.ThrowAsync<ProblemsException>(_dues.InvokeAsync("board", new ApproveCorrection(asked.Id, page)))).Message.ShouldStartWith("Seither");
        await _dues.InvokeAsync("board", new ApproveCorrection(asked.Id, "5144.00/2/0"));
        (await ReadAsync()).Correction!.State.ShouldBe(CorrectionState.Released);

        void Shown(string shown) => _dues.Books.Invoices[_charge] = _dues.Books.Invoices[_charge] with { Shown = shown };
    }

    [Fact]
    public async Task the_limit_looks_at_the_greater_of_the_old_and_the_new_amount()
    {
        await _dues.SecondPersonFromAsync(new Money(7_000));
        await BedsAsync(3_000); // 5.244 € were charged
        await _dues.InvokeAsync("office", Correct(7_500));
        (await ReadAsync()).Correction!.State.ShouldBe(CorrectionState.Requested);

        await _dues.InvokeAsync("office", new WithdrawCorrection((await ReadAsync()).Correction!.Id));
        await _dues.SecondPersonFromAsync(new Money(5_000));
        await BedsAsync(210);
        await _dues.InvokeAsync("office", Correct(1_500));
        (await ReadAsync()).Correction!.State.ShouldBe(CorrectionState.Requested);
    }

    [Fact]
    public async Task what_the_second_person_refused_stands_on_heute_of_the_office_until_it_is_asked_for_anew()
    {
        await BedsAsync(210);
        await _dues.InvokeAsync("office", Correct(1500));
        await _dues.InvokeAsync("board", new WithdrawCorrection((await ReadAsync()).Correction!.Id, "Erst die Betten klären"));

        var row = (await TasksAsync("office2")).ShouldHaveSingleItem();
        row.Text.ShouldBe("Abgelehnt: Korrektur von BR-2026-00001");
        row.Detail.ShouldMatch("^Dr. Nora Groß hat am .* nicht zugestimmt: Erst die Betten klären$");
        (await TasksAsync("board")).ShouldBeEmpty();

        await _dues.InvokeAsync("office", Correct(1500));
        (await TasksAsync("office")).ShouldBeEmpty();
        await _dues.InvokeAsync("office", new WithdrawCorrection((await ReadAsync()).Correction!.Id));
        (await TasksAsync("office2")).ShouldBeEmpty("withdrawn is not refused");
    }

    private async Task<IReadOnlyList<TodayRow>> TasksAsync(string who)
    {
        await using var scope = _dues.Office.As(who);
        return await scope.Services.GetServices<ITodayTask>().OfType<CorrectionTasks>().Single().FindAsync(scope.Actor, CancellationToken.None);
    }

    [Fact]
    public async Task a_reduction_granted_after_the_invoice_is_offered_on_the_members_page_and_frees_entirely_without_a_new_invoice()
    {
        await _dues.SecondPersonFromAsync(null);
        (await DuesAsync()).Charges.Single().Now.ShouldBeNull();
        await _dues.InvokeAsync("office", new GrantReduction(_member, ReductionKind.Resolution, 50m, 2027, null, "Vorstand", new DateOnly(2026, 11, 20)));
        (await DuesAsync()).Charges.Single().Now.ShouldBe(new Money(2622));

        await _dues.InvokeAsync("office", new EndReduction((await DuesAsync()).Reductions.Single().Id, 2026));
        await _dues.InvokeAsync("office", new GrantReduction(_member, ReductionKind.Honorary, 100m, 2027, null, "Vorstand", new DateOnly(2026, 11, 20)));
        await _dues.InvokeAsync("office", Correct(0));
        var correction = (await ReadAsync()).Correction.ShouldNotBeNull();
        (correction.NewAmount, correction.ReplacementId).ShouldBe((Money.Zero, null));
        (await _dues.PreviewAsync()).Summary.Exempt.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_charge_without_invoice_or_with_a_waiver_on_it_or_without_its_value_is_refused_with_what_to_do()
    {
        await BedsAsync(210);
        _dues.Books.Invoices.Clear();
        (await RefusalAsync("office", 1500)).ShouldBe("Diese Forderung hat noch keine Rechnung. Warten Sie, bis sie ausgestellt ist.");
        Invoice(paid: 0, forgiven: 100);
        (await RefusalAsync("office", 1500)).ShouldBe("Auf BR-2026-00001 ist etwas erlassen oder ausgebucht. Nehmen Sie das zuerst zurück.");
        Invoice(paid: 0);
        await _dues.ExecuteAsync("delete from membership.input_value");
        (await RefusalAsync("office", 1500)).ShouldStartWith("Für 2027 fehlt die Zahl");
    }

    [Fact]
    public async Task the_database_refuses_a_second_replacement_and_one_whose_original_is_live()
    {
        const string replace = """
            insert into membership.charge (id, corrects, chunk, position, member_id, kind, period, category, amount, full_year, due_on, steps)
            select gen_random_uuid(), id, 0, 0, member_id, kind, period, category, 1, 1, due_on, steps from membership.charge where corrects is null
            """;
        (await Should.ThrowAsync<Npgsql.PostgresException>(_dues.ExecuteAsync(replace))).SqlState.ShouldBeOneOf("AS001", "23505");
        await _dues.ExecuteAsync("update membership.charge set voided_at = now()");
        await _dues.ExecuteAsync(replace);
        (await Should.ThrowAsync<Npgsql.PostgresException>(_dues.ExecuteAsync(replace))).SqlState.ShouldBe("23505");
        (await Should.ThrowAsync<Npgsql.PostgresException>(_dues.ExecuteAsync("delete from membership.charge where corrects is not null"))).SqlState.ShouldBe(
            "AS001"
        );
    }

    private CorrectCharge Correct(decimal expected) => new(_charge, new Money(expected), "Falsche Bettenzahl");

    private async Task<string> RefusalAsync(string who, decimal expected) =>
        (await Should.ThrowAsync<ProblemsException>(_dues.InvokeAsync(who, Correct(expected)))).Message.Replace('\u00a0', ' ');

    private async Task WithoutSecondPersonAsync(CorrectCharge command)
    {
        await _dues.SecondPersonFromAsync(null);
        await _dues.InvokeAsync("office", command);
    }

    private Task BedsAsync(int beds) => _dues.ExecuteAsync("update membership.input_value set value = @beds", new { beds });

    private void Invoice(decimal paid, decimal forgiven = 0) =>
        _dues.Books.Invoices[_charge] = new InvoicedCharge(
            _charge,
            "BR-2026-00001",
            new DateOnly(2026, 11, 23),
            new Money(5244),
            new Money(5244 - paid - forgiven),
            new Money(paid),
            new Money(forgiven),
            null
        );

    private async Task<CorrectionFacts> ReadAsync()
    {
        await using var scope = _dues.Office.As("board");
        return (await scope.Bus.QueryAsync(new ReadCorrection(_charge))).ShouldNotBeNull();
    }

    private async Task<MemberDues> DuesAsync()
    {
        await using var scope = _dues.Office.As("board");
        return await scope.Bus.QueryAsync(new ReadMemberDues(_member));
    }

    private async Task<RaisedCharge?> RaisedAsync(ChargeId charge)
    {
        await using var scope = _dues.Office.As(Actor.System);
        return (await scope.Services.GetRequiredService<IDuesCharges>().ReadAsync([charge], CancellationToken.None)).SingleOrDefault();
    }
}
