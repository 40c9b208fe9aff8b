using System.Globalization;
using Association.Membership.Contracts;
using Association.Membership.Members.Categories;
using Association.Membership.Members.Leaving;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Members;

public sealed class RecordTests(MembershipOffice membership) : IClassFixture<MembershipOffice>
{
    private readonly TestOffice office = membership.Office;

    [Fact]
    public async Task an_admitted_member_gets_the_next_number()
    {
        await office.MemberAsync("900001");
        var member = await office.MemberAsync();
        long.Parse(member.Number, CultureInfo.InvariantCulture).ShouldBeGreaterThan(900001);
        member.Address.ShouldBe(new Address("", "Am Bürgerpark 118a", "66822", "Lebach", "DE"));
        member.PaymentRoute.ShouldBe(PaymentRoute.Transfer);
    }

    [Fact]
    public async Task admissions_at_the_same_time_get_different_numbers()
    {
        var members = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => office.MemberAsync(name: $"Praxis {i}", category: "practice")));
        members.Select(m => m.Number).ShouldBeUnique();
    }

    [Fact]
    public async Task numbers_of_another_form_count_on_from_the_highest_that_looks_alike()
    {
        var rules = office.Services.GetRequiredService<IOfficeRules>();
        async Task WriteAsync(NumberForm form)
        {
            await using var connection = await office.Database.OpenConnectionAsync();
            await rules.SaveAsync(
                connection,
                await rules.CurrentAsync(CancellationToken.None) with
                {
                    Numbers = new() { Members = form },
                },
                CancellationToken.None
            );
        }
        await office.MemberAsync("M-0041");
        await office.MemberAsync("M-7 alt");
        try
        {
            await WriteAsync(new NumberForm("M", NumberYear.Without, 4));
            (await office.MemberAsync()).Number.ShouldBe("M-0042");
            await WriteAsync(new NumberForm("M", NumberYear.FourDigits, 3));
            (await office.MemberAsync()).Number.ShouldBe($"M-{office.Clock.Today().Year}-001");
        }
        finally
        {
            await WriteAsync(new NumberForm("", NumberYear.Without, 1)); // the other tests know plain numbers
        }
    }

    [Fact]
    public async Task the_history_says_who_admitted_and_what_was_written()
    {
        var member = await office.MemberAsync();
        await using var connection = await office.Database.OpenConnectionAsync();
        var entry = await connection.QuerySingleAsync<(string UserName, string Changes)>(
            "select user_name, changes::text from platform.audit_entry where table_name = 'membership.member' and row_id = @id",
            new { id = member.Id.Value.ToString() }
        );
        entry.UserName.ShouldBe("Anna Dörr");
        entry.Changes.ShouldContain("Waldkrankenhaus Lebach gGmbH");
        entry.Changes.ShouldNotContain("search_words");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t ")]
    public async Task a_member_without_a_name_is_refused(string name) =>
        await office.ShouldRefuseAsync(new AdmitMember(null, "hospital", new DateOnly(2020, 1, 1), Some.Details(name)), "Name");

    [Fact]
    public async Task a_name_of_5000_characters_is_refused_with_its_length()
    {
        var text = await office.ShouldRefuseAsync(new AdmitMember(null, "hospital", new DateOnly(2020, 1, 1), Some.Details(new string('ä', 5000))), "Name");
        text.ShouldContain("5000");
        text.ShouldContain("300");
    }

    [Fact]
    public async Task an_entry_in_another_century_is_refused()
    {
        await office.ShouldRefuseAsync(new AdmitMember(null, "hospital", new DateOnly(202, 1, 1), Some.Details()), "JoinedOn");
        await office.ShouldRefuseAsync(new AdmitMember(null, "hospital", new DateOnly(2202, 1, 1), Some.Details()), "JoinedOn");
    }

    [Fact]
    public async Task unknown_category_country_and_mail_are_refused_at_their_fields()
    {
        await office.ShouldRefuseAsync(new AdmitMember(null, "circus", new DateOnly(2020, 1, 1), Some.Details()), "Category");
        await office.ShouldRefuseAsync(new AdmitMember(null, "hospital", new DateOnly(2020, 1, 1), Some.Details() with { Country = "XX" }), "Country");
        (
            await office.ShouldRefuseAsync(
                new AdmitMember(null, "hospital", new DateOnly(2020, 1, 1), Some.Details() with { Email = "c.hoffmann(at)example.com" }),
                "Email"
            )
        ).ShouldBe("Schreiben Sie @ statt (at).");
        await office.ShouldRefuseAsync(
            new AdmitMember(null, "hospital", new DateOnly(2020, 1, 1), Some.Details() with { BuyerReference = "04011000-1234512345-07" }),
            "BuyerReference"
        );
    }

    [Fact]
    public async Task a_number_is_given_once()
    {
        await office.MemberAsync("B 17");
        (await office.ShouldRefuseAsync(new AdmitMember(" B  17 ", "hospital", new DateOnly(2020, 1, 1), Some.Details()), "Number")).ShouldContain("B 17");
    }

    [Fact]
    public async Task control_characters_and_double_blanks_do_not_get_in()
    {
        (await office.MemberAsync(name: "  Waldkrankenhaus \t Lebach\r\n")).Name.ShouldBe("Waldkrankenhaus Lebach");
        foreach (var name in new[] { "Wald\u0000krankenhaus", "Wald\u200bkrankenhaus", "\u202eWaldkrankenhaus" })
            (await Should.ThrowAsync<ProblemsException>(() => office.MemberAsync(name: name))).Message.ShouldContain("Zeichen, die man nicht sieht");
    }

    [Fact]
    public async Task an_edit_changes_what_was_typed_and_nothing_else()
    {
        var member = await office.MemberAsync();
        await office.InvokeAsync(
            new EditMember(member.Id, member.Version, "W-1301", member.JoinedOn, MemberDetails.Of(member) with { Phone = "06881 555-20", NoPost = true })
        );
        var now = await office.ReadAsync(member.Id);
        (now.Number, now.Phone, now.NoPost, now.Name).ShouldBe(("W-1301", "06881 555-20", true, member.Name));
    }

    [Fact]
    public async Task a_concurrent_edit_is_noticed_and_overwrites_nothing()
    {
        var seen = await office.MemberAsync();
        await office.InvokeAsync(new EditMember(seen.Id, seen.Version, seen.Number, seen.JoinedOn, MemberDetails.Of(seen) with { Phone = "first" }));
        await Should.ThrowAsync<ConcurrentEditException>(() =>
            office.InvokeAsync(new EditMember(seen.Id, seen.Version, seen.Number, seen.JoinedOn, MemberDetails.Of(seen) with { Phone = "second" }))
        );
        (await office.ReadAsync(seen.Id)).Phone.ShouldBe("first");
    }

    [Fact]
    public async Task of_two_edits_at_the_same_moment_one_wins_and_one_hears_of_it()
    {
        var seen = await office.MemberAsync();
        var edits = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async i =>
                {
                    try
                    {
                        await office.InvokeAsync(
                            new EditMember(seen.Id, seen.Version, seen.Number, seen.JoinedOn, MemberDetails.Of(seen) with { Phone = $"{i}" })
                        );
                        return true;
                    }
                    catch (ConcurrentEditException)
                    {
                        return false;
                    }
                })
        );
        edits.Count(done => done).ShouldBe(1);
    }

    [Fact]
    public async Task an_exit_before_the_entry_is_refused_by_the_command_and_by_the_database()
    {
        var member = await office.MemberAsync(joinedOn: new DateOnly(2020, 5, 1));
        (
            await office.ShouldRefuseAsync(
                new RecordResignation(member.Id, member.Version, LeavingReason.Dissolution, null, new DateOnly(2020, 4, 30)),
                "LeavesOn"
            )
        ).ShouldContain("01.05.2020");
        await office.InvokeAsync(new RecordResignation(member.Id, member.Version, LeavingReason.Dissolution, null, new DateOnly(2021, 12, 31)));
        var left = await office.ReadAsync(member.Id);
        (
            await office.ShouldRefuseAsync(new EditMember(left.Id, left.Version, left.Number, new DateOnly(2022, 1, 1), MemberDetails.Of(left)), "JoinedOn")
        ).ShouldContain("31.12.2021");
        await using var connection = await office.Database.OpenConnectionAsync();
        var refused = await Should.ThrowAsync<PostgresException>(() =>
            connection.ExecuteAsync("update membership.member set left_on = '2019-01-01' where id = @id", new { id = member.Id.Value })
        );
        refused.ConstraintName.ShouldBe("member_leaves_after_joining");
    }

    [Theory]
    [InlineData("2026-09-30", "2026-12-31")]
    [InlineData("2026-10-01", "2027-12-31")]
    [InlineData("2026-01-02", "2026-12-31")]
    public void a_notice_takes_effect_at_the_year_end_three_months_ahead(string received, string exit) =>
        new NoticeRules().LastDayFor(DateOnly.Parse(received, null)).ShouldBe(DateOnly.Parse(exit, null));

    [Theory]
    [InlineData(6, NoticeEnd.Year, "2026-06-30", "2026-12-31")]
    [InlineData(6, NoticeEnd.Year, "2026-07-01", "2027-12-31")]
    [InlineData(3, NoticeEnd.HalfYear, "2026-03-31", "2026-06-30")]
    [InlineData(3, NoticeEnd.HalfYear, "2026-04-01", "2026-12-31")]
    [InlineData(1, NoticeEnd.Quarter, "2026-02-28", "2026-03-31")]
    [InlineData(1, NoticeEnd.Quarter, "2026-03-01", "2026-06-30")]
    [InlineData(0, NoticeEnd.Month, "2024-02-29", "2024-02-29")]
    [InlineData(1, NoticeEnd.Month, "2026-01-31", "2026-02-28")]
    [InlineData(15, NoticeEnd.Year, "2026-09-30", "2027-12-31")]
    public void the_last_day_follows_from_the_statutes_of_the_association(int months, NoticeEnd end, string received, string last) =>
        new NoticeRules(months, end).LastDayFor(DateOnly.Parse(received, null)).ShouldBe(DateOnly.Parse(last, null));

    [Fact]
    public async Task the_last_day_of_a_resignation_is_computed_from_the_day_it_was_received()
    {
        var member = await office.MemberAsync();
        await office.InvokeAsync(new RecordResignation(member.Id, member.Version, LeavingReason.Resignation, new DateOnly(2026, 9, 30), null));
        (await office.ReadAsync(member.Id)).LeftOn.ShouldBe(new DateOnly(2026, 12, 31));
    }

    [Fact]
    public async Task a_resignation_is_never_a_year_late_without_a_word()
    {
        var member = await office.MemberAsync();
        var missed = await office.ShouldRefuseAsync(
            new RecordResignation(member.Id, member.Version, LeavingReason.Resignation, new DateOnly(2026, 10, 1), null),
            "LeavesOn"
        );
        missed.ShouldContain("30.09.2026");
        missed.ShouldContain("31.12.2027");
        (
            await office.ShouldRefuseAsync(
                new RecordResignation(member.Id, member.Version, LeavingReason.Resignation, new DateOnly(2026, 9, 30), new DateOnly(2027, 12, 31)),
                "LeavesOn"
            )
        ).ShouldContain("31.12.2026");
        await office.InvokeAsync(
            new RecordResignation(member.Id, member.Version, LeavingReason.Resignation, new DateOnly(2026, 9, 30), new DateOnly(2027, 12, 31), Later: true)
        );
        (await office.ReadAsync(member.Id)).LeftOn.ShouldBe(new DateOnly(2027, 12, 31));
    }

    [Fact]
    public async Task a_hospital_does_not_die()
    {
        var member = await office.MemberAsync();
        await office.ShouldRefuseAsync(new RecordResignation(member.Id, member.Version, LeavingReason.Death, null, new DateOnly(2026, 11, 20)), "Reason");
        await office.ShouldRefuseAsync(new RecordResignation(member.Id, member.Version, LeavingReason.Dissolution, null, null), "LeavesOn");
    }

    [Fact]
    public async Task a_late_notice_is_refused_for_this_year_and_taken_for_the_next()
    {
        var member = await office.MemberAsync();
        var received = new DateOnly(2026, 10, 1);
        (
            await office.ShouldRefuseAsync(
                new RecordResignation(member.Id, member.Version, LeavingReason.Resignation, received, new DateOnly(2026, 12, 31)),
                "LeavesOn"
            )
        ).ShouldContain("31.12.2027");
        await office.ShouldRefuseAsync(
            new RecordResignation(member.Id, member.Version, LeavingReason.Resignation, received, new DateOnly(2027, 6, 30)),
            "LeavesOn"
        );
        await office.ShouldRefuseAsync(
            new RecordResignation(member.Id, member.Version, LeavingReason.Resignation, null, new DateOnly(2027, 12, 31)),
            "NoticeReceivedOn"
        );
        await office.InvokeAsync(new RecordResignation(member.Id, member.Version, LeavingReason.Resignation, received, new DateOnly(2027, 12, 31)));
        var leaving = await office.ReadAsync(member.Id);
        (leaving.LeftOn, leaving.NoticeReceivedOn).ShouldBe((new DateOnly(2027, 12, 31), received));

        await office.InvokeAsync(new WithdrawResignation(member.Id, leaving.Version));
        (await office.ReadAsync(member.Id)).LeftOn.ShouldBeNull();
    }

    [Fact]
    public async Task a_category_changes_at_the_next_first_of_january_and_a_mistake_at_once()
    {
        var member = await office.MemberAsync(category: "company");
        await office.InvokeAsync(new ChangeCategory(member.Id, member.Version, "research"));
        var changed = await office.ReadAsync(member.Id);
        changed.CategoryOn(new DateOnly(2026, 12, 31)).ShouldBe("company");
        changed.CategoryOn(new DateOnly(2027, 1, 1)).ShouldBe("research");

        membership.SetToday(new DateOnly(2027, 3, 1));
        await office.InvokeAsync(new ChangeCategory(member.Id, changed.Version, "practice"));
        var again = await office.ReadAsync(member.Id);
        (again.Category, again.NextCategory, again.NextCategoryOn).ShouldBe(("research", "practice", new DateOnly(2028, 1, 1)));

        await office.InvokeAsync(new ChangeCategory(member.Id, again.Version, "welfare", WasWrong: true));
        var corrected = await office.ReadAsync(member.Id);
        (corrected.Category, corrected.NextCategory).ShouldBe(("welfare", null));
        membership.SetToday(MembershipOffice.Day);
    }

    [Fact]
    public async Task a_member_with_invoices_is_not_removed_and_the_exit_is_named_instead()
    {
        var member = await office.MemberAsync();
        membership.Books.Billed.Add(member.Id);
        (await office.ShouldRefuseAsync(new RemoveMember(member.Id, member.Version), "")).ShouldContain("Austritt");
        membership.Books.Billed.Clear();
        await office.InvokeAsync(new RemoveMember(member.Id, member.Version));
        (await office.As("office").Bus.QueryAsync(new ReadMember(member.Number))).ShouldBeNull();
    }

    [Fact]
    public async Task the_board_reads_and_does_not_edit()
    {
        var member = await office.MemberAsync();
        (await office.As("board").Bus.QueryAsync(new ReadMember(member.Number))).ShouldNotBeNull();
        await Should.ThrowAsync<PermissionDeniedException>(() => office.As("board").Bus.InvokeAsync(new RemoveMember(member.Id, member.Version)));
        await Should.ThrowAsync<PermissionDeniedException>(() => office.As("admin").Bus.QueryAsync(new ReadMember(member.Number)));
    }

    [Fact]
    public async Task a_card_shows_where_documents_go()
    {
        var person = await office.MemberAsync(name: "Hürter, Katrin", category: "person");
        await office.InvokeAsync(
            new EditMember(person.Id, person.Version, person.Number, person.JoinedOn, MemberDetails.Of(person) with { Kind = MemberKind.Person })
        );
        var directory = office.As("office").Services.GetRequiredService<IMemberDirectory>();
        var card = (await directory.ReadAsync([person.Id, MemberId.New()], CancellationToken.None)).ShouldHaveSingleItem();
        card.Recipient.Lines.ShouldBe(["Katrin Hürter", "Am Bürgerpark 118a"]);
        card.Route.ShouldBe(PaymentRoute.Transfer);
        card.Category.ShouldBe("Privatpersonen");
    }
}
