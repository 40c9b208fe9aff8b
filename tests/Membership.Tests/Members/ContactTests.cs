using Association.Membership.Members.Clarifications;
using Association.Membership.Members.Contacts;
using Association.Membership.Members.InputValues;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Members;

public sealed class ContactTests(MembershipOffice membership) : IClassFixture<MembershipOffice>
{
    private static readonly DateOnly Start = new(2021, 7, 1);
    private readonly TestOffice office = membership.Office;

    [Fact]
    public async Task choosing_a_contact_never_changes_the_address_of_the_organisation()
    {
        var member = await office.MemberAsync();
        var contact = await AddAsync(member, "Dr. Nora Groß", FunctionKind.Contact);
        await office.InvokeAsync(new AssignFunction(contact.Id, FunctionKind.Billing, "", Start, null));
        await office.InvokeAsync(new EditContact(contact.Id, contact.Version, Salutation.Ms, "Dr. Nora Groß-Petit", "n.gross@example.com", "0151"));
        var now = await office.ReadAsync(member.Id);
        (now.Address, now.Billing, now.Email, now.Phone, now.Version).ShouldBe((member.Address, member.Billing, member.Email, member.Phone, member.Version));
    }

    [Fact]
    public async Task a_function_that_ends_in_the_future_counts_until_the_end_of_its_last_day()
    {
        var member = await office.MemberAsync();
        var contact = await AddAsync(member, "Petra Leidinger", FunctionKind.Voting);
        await office.As("office").Bus.InvokeAsync<FunctionsEnded>(new EndFunction(contact.Id, null, new DateOnly(2026, 12, 31)));
        var function = (await RecordAsync(member)).Functions.ShouldHaveSingleItem();
        function.IsValidOn(new DateOnly(2026, 12, 31)).ShouldBeTrue();
        function.IsValidOn(new DateOnly(2027, 1, 1)).ShouldBeFalse();
    }

    [Fact]
    public async Task when_somebody_leaves_every_function_that_needs_a_successor_is_listed()
    {
        var member = await office.MemberAsync();
        var leaving = await AddAsync(member, "Petra Leidinger", FunctionKind.Billing);
        await office.InvokeAsync(new AssignFunction(leaving.Id, FunctionKind.Voting, "", Start, null));
        await office.InvokeAsync(new AssignFunction(leaving.Id, FunctionKind.Deputy, "", Start, null));
        await office.InvokeAsync(new AssignFunction(leaving.Id, FunctionKind.Management, "", Start, null));
        await AddAsync(member, "Björn Öztürk", FunctionKind.Management);

        var ended = await office.As("office").Bus.InvokeAsync<FunctionsEnded>(new EndFunction(leaving.Id, null, new DateOnly(2026, 12, 31)));
        ended.NeedSuccessor.Select(f => f.Kind).ShouldBe([FunctionKind.Billing, FunctionKind.Voting], ignoreOrder: true);
        var open = await office.As("office").Bus.QueryAsync(new ListOpenSuccessions(member.Id));
        open.Select(o => o.Kind).ShouldBe([FunctionKind.Billing, FunctionKind.Voting], ignoreOrder: true);

        var successor = await AddAsync(member, "Rüdiger Lambert", null);
        await office.InvokeAsync(new AssignFunction(successor.Id, FunctionKind.Billing, "", new DateOnly(2027, 1, 1), null));
        (await office.As("office").Bus.QueryAsync(new ListOpenSuccessions(member.Id))).ShouldHaveSingleItem().Kind.ShouldBe(FunctionKind.Voting);
    }

    [Fact]
    public async Task one_vote_a_member_the_present_holder_is_named_or_replaced()
    {
        var member = await office.MemberAsync();
        await AddAsync(member, "Petra Leidinger", FunctionKind.Voting);
        var second = await AddAsync(member, "Björn Öztürk", null);
        (await office.ShouldRefuseAsync(new AssignFunction(second.Id, FunctionKind.Voting, "", new DateOnly(2026, 12, 1), null), "Kind")).ShouldContain(
            "Petra Leidinger"
        );
        await office.InvokeAsync(new AssignFunction(second.Id, FunctionKind.Voting, "", new DateOnly(2026, 12, 1), null, Replace: true));
        (await RecordAsync(member))
            .Functions.Select(f => (f.ValidFrom, f.ValidTo))
            .ShouldBe([(Start, new DateOnly(2026, 11, 30)), (new DateOnly(2026, 12, 1), null)], ignoreOrder: true);
    }

    [Fact]
    public async Task the_database_refuses_a_second_vote_whatever_writes_it()
    {
        var member = await office.MemberAsync();
        var first = await AddAsync(member, "Petra Leidinger", FunctionKind.Voting);
        await using var connection = await office.Database.OpenConnectionAsync();
        var refused = await Should.ThrowAsync<PostgresException>(() =>
            connection.ExecuteAsync(
                "insert into membership.contact_function (id, contact_id, member_id, kind) values (gen_random_uuid(), @contact, @member, 'voting')",
                new { contact = first.Id.Value, member = member.Id.Value }
            )
        );
        refused.SqlState.ShouldBe(PostgresErrorCodes.ExclusionViolation);
    }

    [Fact]
    public async Task functions_that_make_no_sense_are_refused()
    {
        var member = await office.MemberAsync();
        var contact = await AddAsync(member, "Zoé Wagner", FunctionKind.Board);
        await office.ShouldRefuseAsync(new AssignFunction(contact.Id, FunctionKind.Other, " ", Start, null), "Title");
        await office.ShouldRefuseAsync(new AssignFunction(contact.Id, FunctionKind.Accounting, "", Start, Start.AddDays(-1)), "ValidTo");
        await office.ShouldRefuseAsync(new AssignFunction(contact.Id, FunctionKind.Board, "", Start, null), "Kind");
        await office.ShouldRefuseAsync(new EndFunction(contact.Id, null, Start.AddDays(-1)), "LastDay");
        await office.ShouldRefuseAsync(new AddContact(member.Id, Salutation.None, "", null, null), "Name");
        await office.ShouldRefuseAsync(new AddContact(member.Id, Salutation.None, "A", "k.A.", null), "Email");
    }

    [Fact]
    public async Task open_successions_stand_on_today()
    {
        var member = await office.MemberAsync(name: "Sozialstation Bliesgau");
        var contact = await AddAsync(member, "Ines Roth", FunctionKind.Contact);
        await office.As("office").Bus.InvokeAsync<FunctionsEnded>(new EndFunction(contact.Id, null, MembershipOffice.Day.AddDays(9)));
        (await TodayAsync("office")).ShouldContain(r =>
            r.Detail.Contains("Sozialstation Bliesgau", StringComparison.Ordinal) && r.Due == MembershipOffice.Day.AddDays(9)
        );
        (await TodayAsync("board")).ShouldBeEmpty();
    }

    [Fact]
    public async Task an_input_value_carries_day_and_source_and_a_second_one_of_the_day_corrects_it()
    {
        var member = await office.MemberAsync();
        (await RecordAsync(member)).LacksValue.ShouldBeTrue();
        var day = new DateOnly(2026, 12, 31);
        await office.InvokeAsync(new RecordInputValue(member.Id, Measure.Beds, 412, day, ValueSource.SelfDeclaration));
        await office.InvokeAsync(new RecordInputValue(member.Id, Measure.Beds, 421, day, ValueSource.Office, "Anruf Frau Groß"));
        var record = await RecordAsync(member);
        var value = record.InputValues.ShouldHaveSingleItem();
        (value.Value, value.AsOf, value.Source, value.SourceNote).ShouldBe((421, day, ValueSource.Office, "Anruf Frau Groß"));
        record.LacksValue.ShouldBeFalse();
    }

    [Fact]
    public async Task a_value_as_of_another_day_counts_only_after_the_office_accepted_it()
    {
        var member = await office.MemberAsync();
        await office.InvokeAsync(new RecordInputValue(member.Id, Measure.Beds, 412, new DateOnly(2026, 10, 15), ValueSource.List));
        var record = await RecordAsync(member);
        record.LacksValue.ShouldBeTrue();
        await office.InvokeAsync(new AcceptInputValue(record.InputValues[0].Id, 2027));
        record = await RecordAsync(member);
        record.LacksValue.ShouldBeFalse();
        (record.InputValues[0].AcceptedForYear, record.InputValues[0].AcceptedByName).ShouldBe((2027, "Anna Dörr"));
    }

    [Theory]
    [InlineData(1_000_000_000_000, "2026-12-31", "Value")]
    [InlineData(-1, "2026-12-31", "Value")]
    [InlineData(5, "2028-01-01", "AsOf")]
    public async Task impossible_values_are_refused(long value, string asOf, string field)
    {
        var member = await office.MemberAsync();
        await office.ShouldRefuseAsync(new RecordInputValue(member.Id, Measure.Beds, value, DateOnly.Parse(asOf, null), ValueSource.Office), field);
    }

    private async Task<Contact> AddAsync(Member member, string name, FunctionKind? kind)
    {
        await office.InvokeAsync(new AddContact(member.Id, Salutation.None, name, null, null, kind, ValidFrom: kind is null ? null : Start));
        return await office.Db().Contacts.AsNoTracking().SingleAsync(c => c.MemberId == member.Id && c.Name == name);
    }

    private async Task<MemberRecord> RecordAsync(Member member) => (await office.As("board").Bus.QueryAsync(new ReadMember(member.Number)))!;

    private async Task<IReadOnlyList<TodayRow>> TodayAsync(string who)
    {
        var scope = office.As(who);
        var task = scope.Services.GetServices<ITodayTask>().OfType<SuccessionTask>().Single();
        return await task.FindAsync(scope.Services.GetRequiredService<CurrentUser>().Actor, CancellationToken.None);
    }
}
