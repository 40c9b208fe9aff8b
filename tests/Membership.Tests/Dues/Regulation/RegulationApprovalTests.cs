using System.Text;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Regulation.Approval;
using Association.Membership.Dues.Regulation.Comparing;
using Association.Membership.Dues.Regulation.Editing;
using Association.Membership.Dues.Regulation.Simulation;
using Association.Membership.Dues.Regulation.Versions;
using Association.Membership.Dues.Runs;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Dues.Regulation;

public sealed class RegulationApprovalTests
{
    private static readonly byte[] Pdf = Encoding.Latin1.GetBytes("%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n");

    [Fact]
    public async Task a_version_comes_into_force_by_two_people_and_ends_the_one_before()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var draft = await dues.DraftAsync();
        await dues.SaveAsync(draft, new FlatRule("insurer", new Money(3000m)));
        await dues.PutInForceAsync(2);

        var (before, now) = ((await dues.VersionAsync(1)).Version, (await dues.VersionAsync(2)).Version);
        (before.State, before.ValidTo).ShouldBe((RegulationState.InForce, new DateOnly(2027, 12, 31)));
        (now.State, now.Approval.AskedByName, now.Approval.ApprovedByName).ShouldBe((RegulationState.InForce, "Anna Dörr", "Jonas Thull"));
        await dues.MemberAsync("insurer");
        (await dues.PreviewAsync(2027)).Summary.Total.ShouldBe(new Money(2775m));
        (await dues.PreviewAsync(2028)).Summary.Total.ShouldBe(new Money(3000m));

        await dues.InvokeAsync("office2", new PutRegulationInForce(now.Id, 0)); // put in force twice: nothing happens
        (await dues.VersionAsync(2)).Version.Version.ShouldBe(now.Version);
    }

    [Fact]
    public async Task whoever_submitted_does_not_put_in_force_neither_by_the_command_nor_by_sql()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var draft = (await dues.DraftAsync()).Version;
        await dues.ResolveAsync(2);
        await dues.InvokeAsync("office", new SubmitRegulation(draft.Id));
        var submitted = (await dues.VersionAsync(2)).Version;

        (
            await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office", new PutRegulationInForce(submitted.Id, submitted.Version)))
        ).Message.ShouldContain("andere Person");
        await Should.ThrowAsync<PermissionDeniedException>(dues.InvokeAsync("admin", new PutRegulationInForce(submitted.Id, submitted.Version)));
        await Should.ThrowAsync<PermissionDeniedException>(dues.InvokeAsync("board", new SubmitRegulation(submitted.Id)));
        (
            await Should.ThrowAsync<PostgresException>(
                dues.ExecuteAsync(
                    "update membership.dues_regulation set state = 'in_force', approved_by = submitted_by, approved_by_name = 'x', approved_at = now() where number = 2"
                )
            )
        ).ConstraintName.ShouldBe("dues_regulation_four_eyes");
        (
            await Should.ThrowAsync<PostgresException>(dues.ExecuteAsync("update membership.dues_regulation set state = 'in_force' where number = 2"))
        ).ConstraintName.ShouldBe("dues_regulation_approved");
    }

    [Fact]
    public async Task a_version_without_resolution_cannot_be_submitted()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var draft = (await dues.DraftAsync()).Version;

        (await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office", new SubmitRegulation(draft.Id)))).Message.ShouldStartWith("Ohne Beschluss");
        await dues.ResolveAsync(2, "2026-12-24");
        (await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office", new SubmitRegulation(draft.Id)))).Message.ShouldContain(
            "in der Zukunft (24.12.2026)"
        );
        await Should.ThrowAsync<PostgresException>(
            dues.ExecuteAsync(
                "update membership.dues_regulation set state = 'submitted', resolved_on = null, submitted_by = gen_random_uuid(), submitted_by_name = 'x', submitted_at = now() where number = 2"
            )
        );
    }

    [Fact]
    public async Task who_sends_a_version_back_says_why_and_it_is_a_draft_again()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var draft = (await dues.DraftAsync()).Version;
        await dues.ResolveAsync(2);
        await dues.InvokeAsync("office", new SubmitRegulation(draft.Id));

        (await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office2", new ReturnRegulation(draft.Id, ""))))
            .Problems.ShouldHaveSingleItem()
            .Field.ShouldBe("Refusal");
        await dues.InvokeAsync("office2", new ReturnRegulation(draft.Id, "Die Kassen fehlen"));
        var returned = (await dues.VersionAsync(2)).Version;
        (returned.State, returned.Approval.AskedByName, returned.Approval.EndedByName, returned.Approval.Refusal).ShouldBe(
            (RegulationState.Draft, null, "Jonas Thull", "Die Kassen fehlen")
        );
        RegulationStates.KeyOf(returned, new DateOnly(2026, 11, 22)).ShouldBe("State.Refused");
        var row = (await RowsAsync("office")).Single(r => r.Text.StartsWith("Abgelehnt", StringComparison.Ordinal));
        row.Text.ShouldBe("Abgelehnt: Beitragsordnung, Fassung 2");
        row.Detail.ShouldMatch("^Jonas Thull hat am .* nicht zugestimmt: Die Kassen fehlen$");
        (await RowsAsync("board")).ShouldNotContain(r => r.Text.StartsWith("Abgelehnt", StringComparison.Ordinal));

        await dues.InvokeAsync("office", new SubmitRegulation(draft.Id));
        (await dues.VersionAsync(2)).Version.Approval.Refusal.ShouldBeNull();
        await dues.InvokeAsync("office", new WithdrawRegulation(draft.Id));
        (await dues.VersionAsync(2)).Version.State.ShouldBe(RegulationState.Draft);
        (await RowsAsync("office")).ShouldNotContain(r => r.Text.StartsWith("Abgelehnt", StringComparison.Ordinal), "withdrawn is not refused");

        async Task<IReadOnlyList<TodayRow>> RowsAsync(string who)
        {
            await using var scope = dues.Office.As(who);
            return await scope.Services.GetServices<ITodayTask>().OfType<RegulationTasks>().Single().FindAsync(scope.Actor, CancellationToken.None);
        }
    }

    [Fact]
    public async Task an_edit_after_submission_voids_it_and_the_second_person_signs_only_what_it_saw()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var draft = await dues.DraftAsync();
        await dues.ResolveAsync(2);
        await dues.InvokeAsync("office", new SubmitRegulation(draft.Version.Id));
        var seen = (await dues.VersionAsync(2)).Version;

        await dues.SaveAsync(await dues.VersionAsync(2), new FlatRule("insurer", new Money(9999m)));
        (await dues.VersionAsync(2)).Version.State.ShouldBe(RegulationState.Draft);
        (await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office2", new PutRegulationInForce(seen.Id, seen.Version)))).Message.ShouldContain(
            "nicht eingereicht"
        );
        await dues.InvokeAsync("office", new SubmitRegulation(draft.Version.Id));
        await Should.ThrowAsync<ConcurrentEditException>(dues.InvokeAsync("office2", new PutRegulationInForce(seen.Id, seen.Version)));

        foreach (
            var change in new[]
            {
                "update membership.dues_rule set amount = 1 where regulation_id = @id and kind = 'flat'",
                "delete from membership.dues_band where regulation_id = @id",
                "update membership.dues_regulation set due_day = 1 where id = @id",
                "delete from membership.dues_regulation where id = @id",
            }
        )
            (await Should.ThrowAsync<PostgresException>(dues.ExecuteAsync(change, new { id = seen.Id.Value }))).SqlState.ShouldBe("AS001");
    }

    [Fact]
    public async Task a_version_in_force_is_never_edited()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var first = await dues.VersionAsync(1);

        (await Should.ThrowAsync<ProblemsException>(dues.SaveAsync(first, new FlatRule("insurer", new Money(1m))))).Message.ShouldContain("neue Fassung");
        await Should.ThrowAsync<ProblemsException>(
            dues.InvokeAsync("office", new EditRegulation(first.Version.Id, first.Version.Version, RegulationTerms.Of(first.Version)))
        );
        await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office", new DiscardRegulation(first.Version.Id)));
        await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office2", new ReturnRegulation(first.Version.Id, "Noch einmal beraten")));
        foreach (
            var change in new[]
            {
                "update membership.dues_rule set amount = 1 where kind = 'flat'",
                "update membership.dues_regulation set days_after_issue = 1",
                "update membership.dues_regulation set state = 'draft'",
                "delete from membership.dues_regulation",
            }
        )
            (await Should.ThrowAsync<PostgresException>(dues.ExecuteAsync(change))).SqlState.ShouldBe("AS001");
    }

    [Fact]
    public async Task a_year_that_is_charged_under_the_old_version_keeps_it()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.MemberAsync("insurer");
        await dues.ReleaseAsync();
        await dues.DraftAsync(2027);
        await dues.ResolveAsync(2);
        await dues.InvokeAsync("office", new SubmitRegulation((await dues.VersionAsync(2)).Version.Id));
        var submitted = (await dues.VersionAsync(2)).Version;

        var refused = await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("board", new PutRegulationInForce(submitted.Id, submitted.Version)));

        refused.Message.ShouldStartWith("Das Beitragsjahr 2027 ist schon nach Fassung 1 berechnet (Lauf 2027-1).");
        (
            await Should.ThrowAsync<PostgresException>(dues.ExecuteAsync("update membership.dues_regulation set state = 'replaced' where number = 1"))
        ).SqlState.ShouldBe("AS001");
    }

    [Fact]
    public async Task a_wrong_version_is_replaced_from_its_first_day_on_before_anybody_is_charged()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var draft = await dues.DraftAsync(2027);
        await dues.SaveAsync(draft, new FlatRule("insurer", new Money(2700m)));
        await ComparesWithTheFirstAsync();
        await dues.PutInForceAsync(2);

        (await dues.VersionAsync(1)).Version.State.ShouldBe(RegulationState.Replaced);
        await ComparesWithTheFirstAsync();
        (await dues.VersionAsync(1)).Previous.ShouldBeNull();
        await dues.MemberAsync("insurer");
        (await dues.PreviewAsync()).Summary.Total.ShouldBe(new Money(2700m));

        // Who approves sees what changes, also when it begins on the day of the version whose place it takes.
        async Task ComparesWithTheFirstAsync()
        {
            (await dues.VersionAsync(2)).Previous.ShouldNotBeNull().Number.ShouldBe(1);
            var compared = (await dues.AskAsync(new CompareRegulations(2)))!;
            compared.Old.ShouldNotBeNull().Number.ShouldBe(1);
            compared.Rules.Where(r => r.IsChanged).Select(r => r.Category).ShouldBe(["insurer"]);
            (await dues.AskAsync(new SimulateRegulation(2)))!.Baseline.ShouldNotBeNull().Number.ShouldBe(1);
        }
    }

    [Fact]
    public async Task the_simulation_of_a_version_in_force_compares_with_the_one_before_it_also_when_a_later_one_holds()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.DraftAsync(2028);
        await dues.PutInForceAsync(2);
        await dues.DraftAsync(2029);
        await dues.PutInForceAsync(3);

        foreach (var year in new int?[] { null, 2029, 2030 })
            (await dues.AskAsync(new SimulateRegulation(2, year)))!.Baseline.ShouldNotBeNull().Number.ShouldBe(1);
        (await dues.AskAsync(new SimulateRegulation(1)))!.Baseline.ShouldBeNull();
    }

    [Fact]
    public async Task a_version_that_would_hold_beside_a_later_one_must_end_before_it()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.DraftAsync(2029);
        await dues.PutInForceAsync(2);
        await dues.DraftAsync(2028);

        (await Should.ThrowAsync<ProblemsException>(dues.PutInForceAsync(3))).Message.ShouldBe(
            "Ab 01.01.2029 gilt schon Fassung 2. Geben Sie als letzten Tag höchstens 31.12.2028 an."
        );
    }

    [Fact]
    public async Task a_run_submitted_at_the_same_moment_is_charged_under_one_version_only()
    {
        await using var dues = await DuesOffice.OpenAsync();
        for (var i = 0; i < 30; i++)
            await dues.MemberAsync("insurer", name: $"Kasse {i}");
        var run = await dues.IdAsync(await dues.StartAsync());
        var draft = await dues.DraftAsync(2027);
        await dues.SaveAsync(draft, new FlatRule("insurer", new Money(1m)));
        await dues.ResolveAsync(2);
        await dues.InvokeAsync("office", new SubmitRegulation(draft.Version.Id));
        var submitted = (await dues.VersionAsync(2)).Version;

        await Task.WhenAll(
            dues.InvokeAsync("office", new SubmitDuesRun(run)),
            Should.NotThrowAsync(async () =>
            {
                try
                {
                    await dues.InvokeAsync("board", new PutRegulationInForce(submitted.Id, submitted.Version));
                }
                catch (ProblemsException refused)
                {
                    refused.Message.ShouldContain("schon nach Fassung 1 berechnet");
                }
            })
        );

        var replaced = (await dues.VersionAsync(2)).Version.State == RegulationState.InForce;
        (await dues.ReadAsync("2027-1")).Run.Total.ShouldBe(new Money(replaced ? 30m : 30 * 2775m));
    }

    [Fact]
    public async Task the_resolution_comes_back_byte_for_byte_and_what_is_no_pdf_is_refused()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var draft = (await dues.DraftAsync()).Version;

        await dues.InvokeAsync("office", new AttachResolution(draft.Id, @"C:\Scans\Protokoll.pdf", Pdf));
        var file = (await dues.AskAsync(new ReadResolution(2))).ShouldNotBeNull();
        file.Bytes.ToArray().ShouldBe(Pdf);
        file.Name.ShouldBe("Protokoll.pdf");
        (await dues.AskAsync(new ReadResolution(1))).ShouldBeNull();

        foreach (
            var (bytes, text) in new[]
            {
                (Encoding.ASCII.GetBytes("PK\u0003\u0004 a workbook called .pdf"), "kein vollständiges PDF"),
                (Pdf[..20], "kein vollständiges PDF"),
                (new byte[AttachResolutionHandler.LargestMegabytes * 1024 * 1024 + 1], "mehr als 20 MB"),
            }
        )
            (await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office", new AttachResolution(draft.Id, "x.pdf", bytes)))).Message.ShouldContain(
                text
            );
    }

    [Fact]
    public async Task minutes_that_are_signed_later_are_filed_once()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.DraftAsync();
        await dues.PutInForceAsync(2);
        var version = (await dues.VersionAsync(2)).Version;

        await dues.InvokeAsync("office", new AttachResolution(version.Id, "Protokoll.pdf", Pdf));
        (await dues.VersionAsync(2)).Version.State.ShouldBe(RegulationState.InForce);
        await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office", new AttachResolution(version.Id, "Anderes.pdf", Pdf)));
        (
            await Should.ThrowAsync<PostgresException>(dues.ExecuteAsync("update membership.dues_regulation set document_id = null where number = 2"))
        ).SqlState.ShouldBe("AS001");
    }

    [Fact]
    public async Task today_asks_the_second_person_and_says_when_the_coming_year_has_no_version()
    {
        await using var dues = await DuesOffice.OpenAsync(regulation: false);
        (await RowsAsync("office")).ShouldBe(["Beitragsordnung 2027 prüfen: Fassung anlegen"]);
        (await RowsAsync("board")).ShouldBeEmpty();

        var draft = await dues.DraftAsync(2027, copyOf: null);
        await dues.SaveAsync(draft, new FlatRule("insurer", new Money(1m)));
        await dues.ResolveAsync(draft.Version.Number);
        await dues.InvokeAsync("office", new SubmitRegulation(draft.Version.Id));

        (await RowsAsync("office")).ShouldBeEmpty();
        (await RowsAsync("board")).ShouldBe(["Beitragsordnung 2027 prüfen: Prüfen und in Kraft setzen"]);

        async Task<IEnumerable<string>> RowsAsync(string who)
        {
            await using var scope = dues.Office.As(who);
            var tasks = scope.Services.GetServices<ITodayTask>().OfType<RegulationTasks>().Single();
            return (await tasks.FindAsync(scope.Actor, CancellationToken.None)).Select(r => $"{r.Text}: {r.Action}");
        }
    }
}
