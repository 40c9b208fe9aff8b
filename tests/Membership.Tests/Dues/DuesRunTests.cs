using Association.Membership.Contracts;
using Association.Membership.Dues.Agenda;
using Association.Membership.Dues.Runs;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Dues;

public sealed class DuesRunTests
{
    [Fact]
    public async Task a_run_says_which_documents_would_go_to_the_wrong_place_before_it_is_submitted()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var whole = await dues.MemberAsync("person", name: "Ganz, Greta");
        var half = await dues.MemberAsync("person", name: "Halb, Hans");
        var open = await dues.MemberAsync("person", name: "Offen, Olga");
        await dues.MemberAsync("person", name: "Ohne, Otto");
        var digits = await dues.MemberAsync("person", name: "Ziffer, Zita");
        var nowhere = await dues.MemberAsync("person", name: "Postleer, Paula");
        await dues.ExecuteAsync(
            "update membership.member set street = 'Weg 1', postal_code = '66111', town = 'Saarbrücken' where name <> 'Ohne, Otto'",
            new { }
        );
        await dues.ExecuteAsync("update membership.member set postal_code = '' where id = @id", new { id = nowhere.Value });
        await dues.ExecuteAsync("update membership.member set billing_name = 'Träger', billing_town = '6611' where id = @id", new { id = half.Value });
        await dues.ExecuteAsync(
            """
            update membership.member set billing_name = 'Träger', billing_street = 'Weg 1', billing_postal_code = '66111', billing_town = '6611'
            where id = @id
            """,
            new { id = digits.Value }
        );
        await dues.ExecuteAsync(
            """
            insert into membership.clarification (id, member_id, kind, text, created_at)
            values (gen_random_uuid(), @id, 'billing_recipient', 'Rechnung an Träger', now())
            """,
            new { id = open.Value }
        );

        var draft = await dues.ReadAsync(await dues.StartAsync());

        draft
            .Charged.Recipients.Select(f => (f.Name, f.Problem))
            .ShouldBe(
                [
                    ("Halb, Hans", RecipientProblem.Incomplete),
                    ("Offen, Olga", RecipientProblem.Open),
                    ("Ohne, Otto", RecipientProblem.NoAddress),
                    ("Ziffer, Zita", RecipientProblem.Incomplete),
                    ("Postleer, Paula", RecipientProblem.NoAddress),
                ],
                ignoreOrder: true
            );
        draft.Charged.Recipients.ShouldNotContain(f => f.Member == whole);
    }

    [Fact]
    public async Task a_run_with_a_name_that_no_font_can_print_is_not_submitted_and_not_executed()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var member = await dues.MemberAsync("person", name: "北京, 大学");
        var run = await dues.IdAsync(await dues.StartAsync());
        var refused = await Should.ThrowAsync<ProblemsException>(() => dues.InvokeAsync("office", new SubmitDuesRun(run)));
        refused.Message.ShouldContain("北");
        refused.Message.ShouldContain("Mitglied 1000");

        await dues.ExecuteAsync("update membership.member set name = 'Li, Wei' where id = @id", new { id = member.Value });
        await dues.InvokeAsync("office", new SubmitDuesRun(run));
        await dues.InvokeAsync("office2", new ApproveDuesRun(run, (await dues.ReadAsync("2027-1")).Run.Version));
        await dues.ExecuteAsync("update membership.member set name = '北京, 大学' where id = @id", new { id = member.Value });
        (await Should.ThrowAsync<ProblemsException>(() => dues.InvokeAsync("board", new ExecuteDuesRun(run)))).Message.ShouldContain("北");
    }

    [Fact]
    public async Task a_run_goes_from_draft_over_two_people_to_executed()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.MemberAsync("hospital", 640, "Klinikum Homburg gGmbH", lastYear: 3500m);
        await dues.MemberAsync("insurer", name: "Ärztekasse", lastYear: 2775m);
        await dues.MemberAsync("company", name: "Ohne Zahl GmbH");
        await dues.MemberAsync("person", name: "Ausgetreten, Anna", left: "2026-12-31");
        await dues.ReductionAsync(await dues.MemberAsync("person", name: "Ehrenmitglied, Eva"), 100m, kind: "honorary");

        var code = await dues.StartAsync();
        code.ShouldBe("2027-1");
        var draft = await dues.ReadAsync(code);
        draft.Run.State.ShouldBe(DuesRunState.Draft);
        draft.Charged.Total.ToString().ShouldBe("8019.00");
        draft.Charged.LastYear.ToString().ShouldBe("6275.00");
        draft.Others.Missing.ShouldHaveSingleItem().Name.ShouldBe("Ohne Zahl GmbH");
        draft.Others.NotLiable.ShouldHaveSingleItem().Name.ShouldBe("Ausgetreten, Anna");
        draft.Others.Exempt.ShouldHaveSingleItem().Name.ShouldBe("Ehrenmitglied, Eva");
        draft.Reasons.Values.ShouldHaveSingleItem().Replace('\u00a0', ' ').ShouldBe("640 Planbetten (Stand 31.12.2026): 5.200,00 € + 40 × 1,10 €");

        await dues.InvokeAsync("office", new SubmitDuesRun(draft.Run.Id));
        var submitted = await dues.ReadAsync(code);
        (
            submitted.Run.State,
            submitted.Run.Charges,
            submitted.Run.Total.ToString(),
            submitted.Run.MissingInput,
            submitted.Run.NotLiable,
            submitted.Run.Exempt
        ).ShouldBe((DuesRunState.Submitted, 2, "8019.00", 1, 1, 1));
        submitted.Charged.Total.ShouldBe(submitted.Run.Total);
        submitted.Changed.ShouldBeEmpty();

        await dues.InvokeAsync("office2", new ApproveDuesRun(draft.Run.Id, submitted.Run.Version));
        await dues.InvokeAsync("board", new ExecuteDuesRun(draft.Run.Id));
        var executing = await dues.ReadAsync(code);
        executing.Run.State.ShouldBe(DuesRunState.Executing);
        executing.Work!.Total.ShouldBe(2);

        await dues.InvoicedAsync(code);
        var executed = await dues.ReadAsync(code);
        executed.Run.State.ShouldBe(DuesRunState.Executed);
        (executed.Run.Approval.AskedByName, executed.Run.Approval.ApprovedByName, executed.Run.ExecutedByName).ShouldBe(
            ("Anna Dörr", "Jonas Thull", "Dr. Nora Groß")
        );
    }

    [Fact]
    public async Task billing_reads_released_charges_only_and_their_lines_sum_to_the_amount_in_the_language_of_the_member()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var town = await dues.MemberAsync("municipality", 10_101, "Ville de Forbach", joined: "2027-05-02", language: "fr");
        await dues.ReductionAsync(town, 50m);
        var code = await dues.StartAsync();
        var run = await dues.IdAsync(code);
        await dues.InvokeAsync("office", new SubmitDuesRun(run));
        (await ReadAsync()).ShouldBeEmpty();

        await dues.InvokeAsync("office2", new ApproveDuesRun(run));
        await dues.InvokeAsync("office", new ExecuteDuesRun(run));
        var charge = (await ReadAsync()).ShouldHaveSingleItem();
        charge.Amount.ToString().ShouldBe("175.09");
        charge.Lines.Select(l => l.Amount.ToString()).ShouldBe(["525.25", "-262.62", "-87.54"]);
        Money.Sum(charge.Lines.Select(l => l.Amount)).ShouldBe(charge.Amount);
        charge.Lines[0].Text.Replace('\u00a0', ' ').Replace('\u202f', ' ').ShouldBe("10 101 habitants (au 31/12/2026) × 0,052 €");
        charge.Regulation.ShouldBe("Règlement des cotisations du 12/11/2026");
        charge.DueOn.ShouldBe(new DateOnly(2027, 5, 2));

        async Task<IReadOnlyList<RaisedCharge>> ReadAsync()
        {
            await using var scope = dues.Office.As(Actor.System);
            return await scope.Services.GetRequiredService<IDuesCharges>().ReadChunkAsync(run, 1, CancellationToken.None);
        }
    }

    // Failures row 1.
    [Fact]
    public async Task a_dues_run_repeated_charges_nobody_twice()
    {
        await using var dues = await DuesOffice.OpenAsync();
        for (var i = 0; i < 450; i++)
            await dues.MemberAsync("practice", name: $"Praxis {i}");
        var code = await dues.ReleaseAsync();
        var run = await dues.IdAsync(code);
        foreach (object again in new object[] { new SubmitDuesRun(run), new ApproveDuesRun(run), new ExecuteDuesRun(run), new ResumeDuesRun(run) })
            await dues.InvokeAsync("office", again);
        await dues.InvoicedAsync(code);

        (await dues.PreviewAsync()).Summary.Charges.ShouldBe(0);
        (await dues.PreviewAsync()).Summary.AlreadyCharged.ShouldBe(450);
        var second = await dues.IdAsync(await dues.StartAsync());
        (await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office", new SubmitDuesRun(second)))).Message.ShouldBe(
            "Für 2027 ist niemand zu berechnen."
        );
        (await dues.QueryAsync<long>("select count(*) from membership.charge")).Single().ShouldBe(450);
        (await dues.QueryAsync<long>("select count(*) from membership.dues_run_chunk where invoiced_at is not null")).Single().ShouldBe(3);
    }

    [Fact]
    public async Task two_people_who_start_and_submit_at_once_make_one_run()
    {
        await using var dues = await DuesOffice.OpenAsync();
        for (var i = 0; i < 50; i++)
            await dues.MemberAsync("practice", name: $"Praxis {i}");

        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => dues.StartAsync(i % 2 == 0 ? "office" : "office2")));
        codes.Distinct().ShouldBe(["2027-1"]);
        var run = await dues.IdAsync("2027-1");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => dues.InvokeAsync(i % 2 == 0 ? "office" : "office2", new SubmitDuesRun(run))));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => dues.InvokeAsync("board", new ApproveDuesRun(run))));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => dues.InvokeAsync(i % 2 == 0 ? "office" : "board", new ExecuteDuesRun(run))));

        (await dues.QueryAsync<long>("select count(*) from membership.charge")).Single().ShouldBe(50);
        (await dues.QueryAsync<long>("select count(*) from platform.long_work")).Single().ShouldBe(1);
    }

    [Fact]
    public async Task the_person_who_submitted_cannot_approve_neither_by_the_command_nor_by_sql()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.MemberAsync("insurer");
        var run = await dues.IdAsync(await dues.StartAsync());
        await dues.InvokeAsync("office", new SubmitDuesRun(run));

        (await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office", new ApproveDuesRun(run)))).Message.ShouldContain("eine andere Person");
        await Should.ThrowAsync<PermissionDeniedException>(dues.InvokeAsync("admin", new ApproveDuesRun(run)));
        await Should.ThrowAsync<PermissionDeniedException>(dues.InvokeAsync("board", new SubmitDuesRun(run)));
        var refused = await Should.ThrowAsync<PostgresException>(
            dues.ExecuteAsync("update membership.dues_run set state = 'approved', approved_by = submitted_by, approved_by_name = 'x', approved_at = now()")
        );
        refused.ConstraintName.ShouldBe("dues_run_four_eyes");
    }

    [Fact]
    public async Task nothing_is_executed_without_approval_and_nothing_approved_without_submission()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.MemberAsync("insurer");
        var run = await dues.IdAsync(await dues.StartAsync());

        await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office2", new ApproveDuesRun(run)));
        await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office", new ExecuteDuesRun(run)));
        await dues.InvokeAsync("office", new SubmitDuesRun(run));
        await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office", new ExecuteDuesRun(run)));
    }

    [Fact]
    public async Task what_changed_since_submission_is_shown_and_a_withdrawal_voids_the_approval()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var hospital = await dues.MemberAsync("hospital", 210, "Klinikum");
        var leaving = await dues.MemberAsync("insurer", name: "Kasse");
        var late = await dues.MemberAsync("company", name: "Spät GmbH");
        var code = await dues.StartAsync();
        var run = await dues.IdAsync(code);
        await dues.InvokeAsync("office", new SubmitDuesRun(run));
        await dues.InvokeAsync("office2", new ApproveDuesRun(run));

        await dues.ExecuteAsync("update membership.input_value set value = 640 where member_id = @id", new { id = hospital.Value });
        await dues.ExecuteAsync("update membership.member set left_on = '2026-12-31' where id = @id", new { id = leaving.Value });
        await dues.ValueAsync(late, 12);
        var view = await dues.ReadAsync(code);
        view.Changed.Select(c => (c.Name, c.Frozen?.ToString(), c.Now?.ToString()))
            .ShouldBe([("Kasse", "2775.00", null), ("Klinikum", "1500.00", "5244.00"), ("Spät GmbH", null, "450.00")]);
        view.Charged.Total.ToString().ShouldBe("4275.00");

        await dues.InvokeAsync("office", new WithdrawDuesRun(run));
        var withdrawn = await dues.ReadAsync(code);
        (withdrawn.Run.State, withdrawn.Run.Approval.AskedByName, withdrawn.Run.Approval.ApprovedByName).ShouldBe((DuesRunState.Draft, null, null));
        withdrawn.Charged.Total.ToString().ShouldBe("5694.00");
        (await dues.QueryAsync<long>("select count(*) from membership.charge")).Single().ShouldBe(0);

        // The approver looked at the old figures: approving them now is refused.
        await dues.InvokeAsync("office", new SubmitDuesRun(run));
        await Should.ThrowAsync<ConcurrentEditException>(dues.InvokeAsync("office2", new ApproveDuesRun(run, view.Run.Version)));
    }

    [Fact]
    public async Task who_sends_a_run_back_says_why_and_the_draft_shows_it_until_it_is_submitted_again()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.MemberAsync("insurer");
        var code = await dues.StartAsync();
        var run = await dues.IdAsync(code);
        await dues.InvokeAsync("office", new SubmitDuesRun(run));

        (await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("board", new ReturnDuesRun(run, " "))))
            .Problems.ShouldHaveSingleItem()
            .Field.ShouldBe("Refusal");
        await dues.InvokeAsync("board", new ReturnDuesRun(run, "Zwei Mitglieder fehlen"));
        await dues.InvokeAsync("board", new ReturnDuesRun(run, "Noch ein Klick"));

        var returned = (await dues.ReadAsync(code)).Run;
        (returned.State, returned.Approval.AskedByName, returned.Approval.EndedByName, returned.Approval.Refusal).ShouldBe(
            (DuesRunState.Draft, null, "Dr. Nora Groß", "Zwei Mitglieder fehlen")
        );
        (await dues.QueryAsync<long>("select count(*) from membership.charge")).Single().ShouldBe(0);
        DuesStates.KeyOf(returned).ShouldBe("State.Refused");
        var refused = (await RowsAsync("office2")).Single(r => r.Text.StartsWith("Abgelehnt", StringComparison.Ordinal));
        refused.Text.ShouldBe($"Abgelehnt: Beitragslauf {code}");
        refused.Detail.ShouldMatch("^Dr. Nora Groß hat am .* nicht zugestimmt: Zwei Mitglieder fehlen$");

        await dues.InvokeAsync("office", new SubmitDuesRun(run));
        (await RowsAsync("office2")).ShouldNotContain(r => r.Text.StartsWith("Abgelehnt", StringComparison.Ordinal));
        (await dues.ReadAsync(code)).Run.Approval.Refusal.ShouldBeNull();
        await dues.InvokeAsync("board", new ApproveDuesRun(run));
        (await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("board", new ReturnDuesRun(run, "Zu spät")))).Message.ShouldBe(
            "Das ist schon entschieden und lässt sich nicht mehr zurückziehen."
        );

        async Task<IReadOnlyList<TodayRow>> RowsAsync(string who)
        {
            await using var scope = dues.Office.As(who);
            return await scope.Services.GetServices<ITodayTask>().OfType<DuesTasks>().Single().FindAsync(scope.Actor, CancellationToken.None);
        }
    }

    [Fact]
    public async Task the_charges_of_a_submitted_run_are_frozen_in_the_database()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.MemberAsync("insurer");
        var run = await dues.IdAsync(await dues.StartAsync());
        await dues.InvokeAsync("office", new SubmitDuesRun(run));

        foreach (var change in new[] { "update membership.charge set amount = 1", "delete from membership.charge", "truncate membership.charge cascade" })
            (await Should.ThrowAsync<PostgresException>(dues.ExecuteAsync(change))).SqlState.ShouldBe("AS001");
        await dues.ExecuteAsync("update membership.charge set voided_at = now()");
        (await Should.ThrowAsync<PostgresException>(dues.ExecuteAsync("update membership.charge set voided_at = null"))).SqlState.ShouldBe("AS001");
    }

    [Fact]
    public async Task a_later_run_charges_whoever_is_liable_and_not_yet_charged()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.MemberAsync("insurer", name: "Kasse");
        var late = await dues.MemberAsync("hospital", name: "Klinikum ohne Zahl");
        var first = await dues.ReleaseAsync();
        await dues.InvoicedAsync(first);

        await dues.ValueAsync(late, 99);
        await dues.MemberAsync("person", name: "Neu, Nora", joined: "2027-10-15");
        var second = await dues.StartAsync();
        second.ShouldBe("2027-2");
        var view = await dues.ReadAsync(second);
        (view.Charged.Charges, view.Charged.Total.ToString(), view.Charged.AlreadyCharged).ShouldBe((2, "915.00", 1));
    }

    [Fact]
    public async Task a_cancelled_charge_may_be_charged_again()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.MemberAsync("insurer");
        var first = await dues.ReleaseAsync();
        await dues.InvoicedAsync(first);
        var charge = ChargeId.From((await dues.QueryAsync<Guid>("select id from membership.charge")).Single());

        await dues.PublishAsync(new Association.Billing.Contracts.ChargesVoided([charge]));
        await dues.PublishAsync(new Association.Billing.Contracts.ChargesVoided([charge]));
        var second = await dues.ReleaseAsync();
        second.ShouldBe("2027-2");
        (await dues.QueryAsync<string>("select string_agg((voided_at is null)::text, ',' order by id) from membership.charge")).Single().ShouldBe("false,true");
    }

    // Failures row 7.
    [Fact]
    public async Task who_joins_next_year_is_not_billed_and_who_resigned_yesterday_for_the_31st_of_December_still_is()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.MemberAsync("insurer", name: "Tritt 2028 ein", joined: "2028-01-01");
        await dues.MemberAsync("insurer", name: "Geht Ende 2027", left: "2027-12-31");
        await dues.MemberAsync("insurer", name: "Ging Ende 2026", left: "2026-12-31");

        var view = await dues.ReadAsync(await dues.StartAsync());
        view.Charged.Charges.ShouldBe(1);
        view.Others.NotLiable.Select(r => r.Name).ShouldBe(["Ging Ende 2026", "Tritt 2028 ein"]);
    }

    // Failures row 20.
    [Fact]
    public async Task due_dates_in_different_months_are_known_before_approval()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.MemberAsync("insurer", name: "Kasse");
        await dues.MemberAsync("person", name: "Mai, Maria", joined: "2027-05-10");

        var view = await dues.ReadAsync(await dues.StartAsync());
        view.Charged.DueDates.ShouldBe(new Dictionary<DateOnly, int> { [new(2027, 2, 15)] = 1, [new(2027, 5, 10)] = 1 }, ignoreOrder: true);
        view.DueInSeveralMonths(new DateOnly(2026, 11, 23)).ShouldBeTrue();
        view.DueInSeveralMonths(new DateOnly(2027, 5, 20)).ShouldBeFalse();
    }

    [Fact]
    public async Task a_year_without_regulation_says_so()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.MemberAsync("insurer");

        (await Should.ThrowAsync<ProblemsException>(dues.StartAsync(year: 2026))).Message.ShouldStartWith("Für 2026 gilt keine Beitragsordnung.");
        await Should.ThrowAsync<ProblemsException>(dues.PreviewAsync(2026));
    }

    [Fact]
    public async Task a_value_as_of_another_day_counts_only_when_it_was_accepted_for_the_year()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.MemberAsync("hospital", 640, "Angenommen", asOf: "2026-10-15", acceptedFor: 2027);
        var offered = await dues.MemberAsync("hospital", 640, "Nur gemeldet", asOf: "2026-10-15");
        await dues.ValueAsync(await dues.MemberAsync("hospital", 100, "Beides", asOf: "2026-10-15", acceptedFor: 2027), 300);

        var view = await dues.ReadAsync(await dues.StartAsync());
        view.Charged.Total.ToString().ShouldBe("8744.00");
        view.Charged.OtherDates.ShouldHaveSingleItem().ShouldBe(new Association.Membership.Dues.Preview.OtherDate(new DateOnly(2026, 10, 15), "Anna Dörr", 1));
        view.Others.Missing.ShouldHaveSingleItem().Member.ShouldBe(offered);
        view.Offered[offered].Value.ShouldBe(640);
    }

    [Fact]
    public async Task an_open_question_about_a_reduction_is_shown_neither_applied_nor_dropped()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var member = await dues.MemberAsync("company", 480, "Küfer Catering UG");
        await dues.ExecuteAsync(
            "insert into membership.clarification (id, member_id, kind, text) values (gen_random_uuid(), @id, 'reduction', 'Beitrag ermäßigt lt. Vorstand 12.3.19')",
            new { id = member.Value }
        );

        var view = await dues.ReadAsync(await dues.StartAsync());
        view.Charged.Total.ToString().ShouldBe("1900.00");
        view.Questions.ShouldHaveSingleItem().Name.ShouldBe("Küfer Catering UG");
    }

    [Fact]
    public async Task increases_are_told_with_their_reason()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var band = await dues.MemberAsync("hospital", 588, "Aufgestiegen", asOf: "2025-12-31", lastYear: 3500m);
        await dues.ValueAsync(band, 610);
        var reduced = await dues.MemberAsync("research", name: "Ermäßigt", lastYear: 250m);
        await dues.ReductionAsync(reduced, 50m, 2024, 2026);
        await dues.MemberAsync("research", name: "Gleich", lastYear: 500m);
        await dues.MemberAsync("insurer", name: "Unter zehn Prozent", lastYear: 2523m);

        var view = await dues.ReadAsync(await dues.StartAsync());
        view.Reasons[band].ShouldBe("610 statt 588 Planbetten: nächste Stufe");
        view.Reasons[reduced].Replace('\u00a0', ' ').ShouldBe("Ermäßigung um 50 % endete am 31.12.2026");
        view.Reasons.Count.ShouldBe(2);
        (view.Charged.Higher, view.Charged.Equal, view.Charged.Lower).ShouldBe((3, 1, 0));
    }

    [Fact]
    public async Task last_year_is_compared_for_a_full_year()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.MemberAsync("insurer", name: "Kasse", joined: "2027-07-01");
        await dues.InvoicedAsync(await dues.ReleaseAsync());

        var view = await dues.ReadAsync(await dues.StartAsync(year: 2028));
        view.Charged.LastYear.ToString().ShouldBe("2775.00");
        (view.Charged.Higher, view.Charged.Equal).ShouldBe((0, 1));
    }
}
