using System.Globalization;
using Association.Membership.Contracts;
using Association.Membership.Members.Contacts;
using Association.Membership.Members.Leaving;
using Association.Membership.Members.List;
using Association.Membership.Members.List.Filtering;
using Association.Membership.Members.List.Rows;
using Association.Membership.Members.Model;
using Association.Membership.Members.Payment;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Testing;
using Dapper;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Members;

/// <summary>An office whose list holds names that sort badly anywhere but in a German directory.</summary>
public sealed class ListOffice : IAsyncLifetime
{
    internal static readonly string[] Names =
    [
        "Zimmer",
        "Ähren",
        "Ahrens",
        "Aachen",
        "Öztürk",
        "Ott",
        "Oz",
        "Über",
        "Ulm",
        "ähren",
        "Weiß",
        "Weiss",
        "Weisz",
        "Straße",
        "Strasse",
        "Çelik",
        "Éclair",
        "a-b",
        "ab",
        "a b",
        "Yıldız",
        "Yildiz",
        "Łódź",
    ];

    private readonly MembershipOffice membership = new();

    internal TestOffice Office => membership.Office;

    public async Task InitializeAsync()
    {
        await membership.InitializeAsync();
        var categories = new[] { "person", "practice", "company", "hospital" };
        var towns = new[] { "Völklingen", "Homburg", "", "Saarlouis", "Örtel" };
        for (var i = 0; i < 60; i++)
            await Office.MemberAsync(
                (i * 7 % 120).ToString(CultureInfo.InvariantCulture),
                Names[i % Names.Length],
                categories[i % 4],
                towns[i % 5],
                new DateOnly(2000 + (i % 9), 1 + (i % 12), 1)
            );
        await using var connection = await Office.Database.OpenConnectionAsync();
        await connection.ExecuteAsync( // some without, so that every order has equals and gaps
            """
            insert into membership.prior_dues (member_id, year, amount) select id, 2026, length(name) * 10.5 from membership.member where number::int % 3 = 0;
            update membership.member set left_on = date '2026-12-31' + length(name) where number::int % 4 = 0;
            update membership.member set postal_code = '66' || length(town) where number::int % 5 > 0;
            """
        );
    }

    public async Task DisposeAsync() => await membership.DisposeAsync();
}

public sealed class ListTests(ListOffice list) : IClassFixture<ListOffice>
{
    private readonly TestOffice office = list.Office;

    public static TheoryData<string, bool> Orders()
    {
        var data = new TheoryData<string, bool>();
        foreach (var sort in MembersView.MemberOrders.Names)
        {
            data.Add(sort, false);
            data.Add(sort, true);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task paging_shows_every_row_exactly_once_in_the_order_of_the_whole(string name, bool descending)
    {
        var sort = descending ? "-" + name : name;
        var whole = await ReadAsync(new ListMembers(MemberFilter.All, sort, Size: 1000));
        whole.Rows.Count.ShouldBe(whole.Total);
        var (paged, last) = (new List<MemberRow>(), default(MemberList));
        for (string? after = null; last is null || after is not null; after = last.After)
        {
            last = await ReadAsync(new ListMembers(MemberFilter.All, sort, After: after, Size: 7));
            last.First.ShouldBe(paged.Count + 1);
            paged.AddRange(last.Rows);
        }
        paged.Select(r => r.Id).ShouldBe(whole.Rows.Select(r => r.Id));

        var backwards = new List<MemberRow>(last!.Rows);
        for (var before = last.Before; before is not null; before = last.Before)
        {
            last = await ReadAsync(new ListMembers(MemberFilter.All, sort, Before: before, Size: 7));
            backwards.InsertRange(0, last.Rows);
        }
        backwards.Select(r => r.Id).ShouldBe(whole.Rows.Select(r => r.Id));
        last.First.ShouldBe(1);
    }

    [Fact]
    public async Task names_sort_as_in_a_german_directory()
    {
        var names = (await ReadAsync(new ListMembers(MemberFilter.All, Size: 1000))).Rows.Select(r => r.Name).Distinct().ToList();
        int At(string name) => names.IndexOf(name);
        At("Ahrens").ShouldBeGreaterThan(At("Ähren"));
        At("Ott").ShouldBeLessThan(At("Oz"));
        At("Oz").ShouldBeLessThan(At("Öztürk"));
        At("Über").ShouldBeLessThan(At("Ulm"));
        At("Zimmer").ShouldBe(names.Count - 1);
        Math.Abs(At("Weiß") - At("Weiss")).ShouldBe(1);
    }

    [Fact]
    public async Task numbers_sort_by_their_value()
    {
        var numbers = (await ReadAsync(new ListMembers(MemberFilter.All, "number", Size: 1000)))
            .Rows.Select(r => int.Parse(r.Number, CultureInfo.InvariantCulture))
            .Where(n => n < 1000)
            .ToList();
        numbers.ShouldBe(numbers.Order().ToList());
    }

    [Theory]
    [InlineData("Öztürk", "Öztürk")]
    [InlineData("oeztuerk", "Öztürk")]
    [InlineData("celik", "Çelik")]
    [InlineData("STRASSE", "Straße")]
    [InlineData("Oztürkk", "Öztürk")]
    [InlineData("Zimer", "Zimmer")]
    [InlineData("Yildiz", "Yıldız")]
    [InlineData("yıldız", "Yildiz")]
    [InlineData("lodz", "Łódź")]
    public async Task the_search_forgives_accents_case_and_a_typing_error(string typed, string found) =>
        (await ReadAsync(new ListMembers(new MemberFilter(Search: typed)))).Rows.Select(r => r.Name).ShouldContain(found);

    [Fact]
    public async Task an_exact_hit_is_not_buried_under_similar_ones()
    {
        var exact = await ReadAsync(new ListMembers(new MemberFilter(Search: "Zimmer")));
        exact.Rows.ShouldAllBe(r => r.Name == "Zimmer");
        exact.Similar.ShouldBeFalse();
        (await ReadAsync(new ListMembers(new MemberFilter(Search: "Zimmr")))).Similar.ShouldBeTrue();
    }

    [Fact]
    public async Task words_of_the_search_may_stand_in_name_town_and_number()
    {
        var rows = (await ReadAsync(new ListMembers(new MemberFilter(Search: "voelk zimmer")))).Rows;
        rows.ShouldNotBeEmpty();
        rows.ShouldAllBe(r => r.Name == "Zimmer" && r.Town == "Völklingen");
    }

    [Fact]
    public async Task a_member_is_found_by_the_name_of_its_contact()
    {
        var member = await office.MemberAsync(name: "Klinikum Merzig gGmbH");
        await office.InvokeAsync(new AddContact(member.Id, Salutation.Ms, "Gülay Jäckel", null, null));
        (await ReadAsync(new ListMembers(new MemberFilter(Search: "Jaeckel")))).Rows.ShouldHaveSingleItem().Id.ShouldBe(member.Id);
        (await office.As("office").Bus.QueryAsync(new FindContacts("jaekel", 5))).ShouldHaveSingleItem().MemberName.ShouldBe("Klinikum Merzig gGmbH");
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_____")]
    [InlineData("\\")]
    [InlineData("'; drop table membership.member; --")]
    public async Task signs_in_a_search_are_just_signs(string typed) =>
        (await ReadAsync(new ListMembers(new MemberFilter(Search: typed)))).Rows.ShouldBeEmpty();

    [Fact]
    public async Task filters_narrow_the_list_and_its_totals()
    {
        var member = await office.MemberAsync(name: "Filterbetrieb", category: "research", town: "Dillingen/Saar");
        await office.InvokeAsync(
            new RecordMandate(member.Id, member.Version, PaymentRoute.DirectDebit, "DE02120300000000202051", "M-1", new DateOnly(2020, 1, 1))
        );
        var stored = await office.ReadAsync(member.Id);
        await office.InvokeAsync(
            new RecordResignation(member.Id, stored.Version, LeavingReason.Resignation, new DateOnly(2026, 9, 30), new DateOnly(2026, 12, 31))
        );
        foreach (
            var filter in new[]
            {
                new MemberFilter(Category: "research"),
                new MemberFilter(Town: "dilling"),
                new MemberFilter(Route: PaymentRoute.DirectDebit),
                new MemberFilter(Status: MemberStatus.Leaving, Category: "research"),
                new MemberFilter(LeavesIn: 2026),
                new MemberFilter(JoinedIn: 2013, Category: "research"),
            }
        )
        {
            var found = await ReadAsync(new ListMembers(filter));
            found.Rows.ShouldHaveSingleItem().Id.ShouldBe(member.Id);
            found.Total.ShouldBe(1);
        }
        (await ReadAsync(new ListMembers(new MemberFilter(Status: MemberStatus.Left)))).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task each_filter_of_the_office_finds_whom_it_means()
    {
        var here = "Filterdorf";
        var bare = await office.MemberAsync(name: "Ohne alles", category: "practice", town: here, joinedOn: new DateOnly(2001, 5, 17));
        var full = await office.MemberAsync(name: "Mit allem", category: "hospital", town: here, joinedOn: new DateOnly(2011, 5, 17));
        await using (var connection = await office.Database.OpenConnectionAsync())
            await connection.ExecuteAsync(
                """
                update membership.member set email = null, phone = null, street = '', postal_code = '01067' where id = @bare;
                insert into membership.prior_dues (member_id, year, amount) values (@bare, 2026, 99.99), (@full, 2026, 100);
                """,
                new { bare = bare.Id.Value, full = full.Id.Value }
            );
        async Task Finds(MemberFilter filter, params Member[] expected) =>
            (await ReadAsync(new ListMembers(filter with { Town = here }))).Rows.Select(r => r.Name).ShouldBe(expected.Select(m => m.Name), filter.ToString());

        await Finds(new MemberFilter(JoinedFrom: new DateOnly(2001, 5, 17), JoinedTo: new DateOnly(2001, 5, 17)), bare);
        await Finds(new MemberFilter(JoinedFrom: new DateOnly(2001, 5, 18)), full);
        await Finds(new MemberFilter(PostalCode: "0106"), bare);
        await Finds(new MemberFilter(PostalCode: "%"));
        await Finds(new MemberFilter(DuesFrom: 100), full);
        await Finds(new MemberFilter(DuesTo: 99.99m), bare);
        await Finds(new MemberFilter(DuesFrom: 99.99m, DuesTo: 100), full, bare);
        await Finds(new MemberFilter(Missing: MissingDetail.Email), bare);
        await Finds(new MemberFilter(Missing: MissingDetail.Phone), bare);
        await Finds(new MemberFilter(Missing: MissingDetail.Address), bare);
        await Finds(new MemberFilter(Missing: MissingDetail.Value), full); // beds for 2027 are not declared; a practice pays a flat amount
        await Finds(new MemberFilter(Missing: MissingDetail.BillingContact), full, bare);
        await Finds(new MemberFilter(Missing: MissingDetail.Mandate), full, bare);
        await Finds(new MemberFilter(Missing: MissingDetail.Tags), full, bare);
        await Finds(new MemberFilter(Missing: MissingDetail.Joined));
    }

    [Fact]
    public async Task a_damaged_place_in_the_address_means_the_first_page()
    {
        var first = await ReadAsync(new ListMembers(MemberFilter.All, Size: 7));
        foreach (var damaged in new[] { "x", "%%%", "bnVsbA", "eyJLZXlzIjpbIngiXX0", new string('A', 5000) })
            (await ReadAsync(new ListMembers(MemberFilter.All, After: damaged, Size: 7))).Rows.Select(r => r.Id).ShouldBe(first.Rows.Select(r => r.Id));
    }

    [Fact]
    public async Task the_sum_counts_the_dues_of_this_year()
    {
        var member = await office.MemberAsync(name: "Summenbetrieb", town: "Summenhausen");
        var db = office.Db();
        db.PriorDues.AddRange(
            new PriorDues
            {
                MemberId = member.Id,
                Year = 2026,
                Amount = new Money(3500),
            },
            new PriorDues
            {
                MemberId = member.Id,
                Year = 2025,
                Amount = new Money(1500),
            }
        );
        await db.SaveChangesAsync();
        var found = await ReadAsync(new ListMembers(new MemberFilter(Town: "Summenhausen")));
        found.Dues.ShouldBe(new Money(3500));
        found.Rows.ShouldHaveSingleItem().Dues.ShouldBe(new Money(3500));
    }

    private Task<MemberList> ReadAsync(ListMembers query) => office.As("board").Bus.QueryAsync(query);
}
