using Association.Billing;
using Association.Board;
using Association.Board.Figures;
using Association.Board.Reports;
using Association.Board.Tests.Reading;
using Association.Events;
using Association.Membership;
using Association.Membership.Contracts;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Runs;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace Association.Board.Tests;

/// <summary>An office with both modules and the board's report, on a day that a test sets.</summary>
internal sealed class BoardOffice : IAsyncDisposable
{
    private int _numbers = 1000;

    private BoardOffice(TestOffice office) => Office = office;

    public TestOffice Office { get; }

    public static async Task<BoardOffice> OpenAsync(DateOnly today)
    {
        var opened = new BoardOffice(await TestOffice.CreateAsync(new MembershipModule(), new BillingModule(), new EventsModule(), new BoardModule()));
        opened.Office.Clock.SetToday(today);
        await using var system = opened.Office.As(Actor.System);
        foreach (var data in system.Services.GetServices<IInitialData>().OrderBy(d => d.Order))
            await data.SeedAsync(CancellationToken.None);
        await system.Services.GetRequiredService<IAssociationProfiles>().SaveAsync(Profile, CancellationToken.None);
        return opened;
    }

    public static readonly AssociationProfile Profile = new(
        1,
        "Gesundheitsregion Bliesland e. V.",
        "Bliesland",
        "Am Ludwigsplatz 3",
        "66117",
        "Saarbrücken",
        "post@bliesland.example",
        "0681 555-0",
        "www.bliesland.example",
        "Vereinsregister Saarbrücken VR 4711",
        "Vorstand: Dr. Nora Groß",
        "040/140/12345",
        "Deutsche Kreditbank Berlin",
        "DE02120300000000202051",
        "BYLADEM1001",
        "DE98ZZZ09999999999"
    );

    public async Task<MemberId> MemberAsync(
        string category,
        string name,
        string? joined = "2015-03-01",
        int? value = null,
        int acceptedFor = 2027,
        string route = "transfer"
    )
    {
        var id = MemberId.New();
        await ExecuteAsync(
            """
            insert into membership.member (id, number, kind, name, category, joined_on, street, postal_code, town, payment_route, iban, mandate_reference,
              mandate_signed_on)
            values (@id, @number, 'organisation', @name, @category, @joined::date, 'Am Markt 1', '66822', 'Lebach', @route, @iban, @mandate, @signed::date)
            """,
            new
            {
                id = id.Value,
                number = (_numbers++).ToString(System.Globalization.CultureInfo.InvariantCulture),
                name,
                category,
                joined,
                route,
                iban = route == "transfer" ? null : "DE02120300000000202051",
                mandate = route == "transfer" ? null : "M-1",
                signed = route == "transfer" ? null : "2020-01-01",
            }
        );
        if (value is { } v)
            await ValueAsync(id, v, acceptedFor);
        return id;
    }

    public Task ValueAsync(MemberId member, int value, int acceptedFor) =>
        ExecuteAsync(
            """
            insert into membership.input_value (id, member_id, measure, value, as_of, source, accepted_for_year, accepted_by_name, accepted_at)
            select gen_random_uuid(), m.id, c.measure, @value, make_date(@acceptedFor - 1, 6, 30), 'list', @acceptedFor, 'Anna Dörr', now()
              from membership.member m join membership.category c on c.code = m.category where m.id = @member
            """,
            new
            {
                member = member.Value,
                value,
                acceptedFor,
            }
        );

    public Task ReductionAsync(MemberId member, decimal percent, int from, int? to = null, string kind = "resolution") =>
        ExecuteAsync(
            """
            insert into membership.dues_reduction (id, member_id, kind, percent, from_year, to_year, resolved_by, resolved_on)
            values (gen_random_uuid(), @member, @kind, @percent, @from, @to, 'Vorstand', '2026-03-12')
            """,
            new
            {
                member = member.Value,
                percent,
                from,
                to,
                kind,
            }
        );

    /// <summary>A run from draft to invoices.</summary>
    public async Task ChargeAsync(int year)
    {
        var code = await InvokeAsync<string>("office", new StartDuesRun(year));
        var run = (await AskAsync(new ReadDuesRun(code)))!.Run.Id;
        await InvokeAsync("office", new SubmitDuesRun(run));
        await InvokeAsync("office2", new ApproveDuesRun(run));
        await InvokeAsync("board", new ExecuteDuesRun(run));
    }

    public Task<string> InvoiceAsync(MemberId member, int year) =>
        ReadAsync<string>(
            """
            select i.number from billing.invoice i join billing.account a on a.id = i.account_id
             where a.member_id = @member and i.dues_year = @year and i.kind = 'invoice' order by i.issued_at desc limit 1
            """,
            new { member = member.Value, year }
        );

    public async Task InvokeAsync(string who, object command)
    {
        var scope = Office.As(who);
        await scope.Bus.InvokeAsync(command);
        var report = await scope.DrainAsync();
        report.DeadLettered.Select(m => m.Error).ShouldBeEmpty();
        report.Ok.ShouldBeTrue();
    }

    public async Task<T> InvokeAsync<T>(string who, object command)
    {
        var scope = Office.As(who);
        var answer = await scope.Bus.InvokeAsync<T>(command);
        var report = await scope.DrainAsync();
        report.DeadLettered.Select(m => m.Error).ShouldBeEmpty();
        report.Ok.ShouldBeTrue();
        return answer;
    }

    public Task<T> AskAsync<T>(Platform.Messaging.IQuery<T> query, string who = "board") => Office.As(who).Bus.QueryAsync(query);

    public async Task<Workbook> ReportAsync(string from, string to) => new((await AskAsync(new ComposeBoardReport(Day(from), Day(to)))).Bytes);

    public Task<IReadOnlyList<FigureGroup>> FiguresAsync(string from, string to) => AskAsync(new ReadBoardFigures(Day(from), Day(to)));

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Office.Database.OpenConnectionAsync();
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    public async Task<T> ReadAsync<T>(string sql, object? parameters = null) => (await QueryAsync<T>(sql, parameters)).Single();

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await Office.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => Office.DisposeAsync();
}
