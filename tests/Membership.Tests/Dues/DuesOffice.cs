using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Dues.Kinds;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Runs;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Association.Membership.Tests.Dues;

/// <summary>An office with the sample regulation, in which tests put members and run dues.</summary>
internal sealed class DuesOffice : IAsyncDisposable
{
    private int _numbers = 1000;

    private DuesOffice(TestOffice office) => Office = office;

    public TestOffice Office { get; }

    /// <summary>What Billing would answer.</summary>
    public Books Books => Office.Services.GetRequiredService<Books>();

    public static async Task<DuesOffice> OpenAsync(bool regulation = true, params IModule[] others)
    {
        var office = await TestOffice.CreateAsync(
            services =>
            {
                services.TryAddSingleton<Books>();
                services.TryAddScoped<IBilledMembers>(s => s.GetRequiredService<Books>());
                services.TryAddScoped<IInvoicedCharges>(s => s.GetRequiredService<Books>());
                services.TryAddScoped<IDeliveryChoices>(s => s.GetRequiredService<Books>());
            },
            [new MembershipModule(), .. others]
        );
        office.Clock.SetToday(new DateOnly(2026, 11, 23));
        var opened = new DuesOffice(office);
        if (regulation)
            await using (var system = office.As(Actor.System))
                foreach (var data in system.Services.GetServices<IInitialData>().OrderBy(d => d.Order))
                    await data.SeedAsync(CancellationToken.None);
        return opened;
    }

    public async Task<MemberId> MemberAsync(
        string category,
        int? value = null,
        string name = "Mitglied",
        string? joined = "2015-03-01",
        string? left = null,
        string asOf = "2026-12-31",
        decimal? lastYear = null,
        string language = "de",
        int? acceptedFor = null
    )
    {
        var id = MemberId.New();
        await ExecuteAsync(
            """
            insert into membership.member (id, number, kind, name, category, joined_on, left_on, language)
            values (@id, @number, 'organisation', @name, @category, @joined::date, @left::date, @language)
            """,
            new
            {
                id = id.Value,
                number = (_numbers++).ToString(System.Globalization.CultureInfo.InvariantCulture),
                name,
                category,
                joined,
                left,
                language,
            }
        );
        if (value is { } v)
            await ValueAsync(id, v, asOf, acceptedFor);
        if (lastYear is { } amount)
            await ExecuteAsync("insert into membership.prior_dues values (@id, 2026, @amount)", new { id = id.Value, amount });
        return id;
    }

    public Task ValueAsync(MemberId member, int value, string asOf = "2026-12-31", int? acceptedFor = null) =>
        ExecuteAsync(
            """
            insert into membership.input_value (id, member_id, measure, value, as_of, source, accepted_for_year, accepted_by_name, accepted_at)
            select gen_random_uuid(), m.id, c.measure, @value, @asOf::date, 'list', @acceptedFor, case when @acceptedFor is not null then 'Anna Dörr' end, case
              when @acceptedFor is not null then now() end
              from membership.member m join membership.category c on c.code = m.category where m.id = @member
            """,
            new
            {
                member = member.Value,
                value,
                asOf,
                acceptedFor,
            }
        );

    public Task ReductionAsync(MemberId member, decimal percent, int from = 2027, int? to = null, string kind = "resolution") =>
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

    public async Task<string> StartAsync(string who = "office", int year = 2027)
    {
        await using var scope = Office.As(who);
        return await scope.Bus.InvokeAsync<string>(new StartDuesRun(year));
    }

    public async Task<DuesRunView> ReadAsync(string code)
    {
        await using var scope = Office.As("office");
        return (await scope.Bus.QueryAsync(new ReadDuesRun(code)))!;
    }

    public async Task<DuesPreview> PreviewAsync(int year = 2027)
    {
        await using var scope = Office.As("board");
        return await scope.Bus.QueryAsync(new PreviewDuesRun(year));
    }

    public async Task<DuesRunId> IdAsync(string code) => (await ReadAsync(code)).Run.Id;

    public async Task InvokeAsync(string who, object command)
    {
        await using var scope = Office.As(who);
        await scope.Bus.InvokeAsync(command);
        await scope.Services.GetRequiredService<IMessageDrain>().DrainAsync();
    }

    /// <summary>Draft, submitted by one person, approved by the other, released. Without Billing nothing is invoiced yet.</summary>
    public async Task<string> ReleaseAsync(int year = 2027)
    {
        var code = await StartAsync(year: year);
        var run = await IdAsync(code);
        await InvokeAsync("office", new SubmitDuesRun(run));
        await InvokeAsync("office2", new ApproveDuesRun(run));
        await InvokeAsync("board", new ExecuteDuesRun(run));
        return code;
    }

    /// <summary>Opens the draft of an admission fee or a levy of 2027.</summary>
    public async Task<string> StartKindAsync(DuesKind kind, DuesTerms terms)
    {
        await using var scope = Office.As("office");
        return await scope.Bus.InvokeAsync<string>(new StartKindRun(kind, 2027, terms));
    }

    /// <summary>The same way as <see cref="ReleaseAsync"/>.</summary>
    public async Task<string> ReleaseKindAsync(DuesKind kind, DuesTerms terms)
    {
        var code = await StartKindAsync(kind, terms);
        var run = await IdAsync(code);
        await InvokeAsync("office", new SubmitDuesRun(run));
        await InvokeAsync("office2", new ApproveDuesRun(run));
        await InvokeAsync("board", new ExecuteDuesRun(run));
        return code;
    }

    /// <summary>From which amount on a correction needs a second person; null: never.</summary>
    public Task SecondPersonFromAsync(Money? limit) => ChangeRulesAsync(rules => rules with { FourEyes = rules.FourEyes with { CancellationFrom = limit } });

    public async Task ChangeRulesAsync(Func<OfficeRules, OfficeRules> change)
    {
        await using var scope = Office.As(Actor.System);
        var rules = scope.Services.GetRequiredService<IOfficeRules>();
        var current = await rules.CurrentAsync(CancellationToken.None);
        await using var connection = await Office.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        _ = await rules.SaveAsync(connection, change(current), CancellationToken.None) ?? throw new InvalidOperationException("Somebody else saved the rules.");
        await transaction.CommitAsync();
    }

    /// <summary>Stands in for Billing: reports every chunk as invoiced.</summary>
    public async Task InvoicedAsync(string code)
    {
        var run = await IdAsync(code);
        foreach (var chunk in await QueryAsync<int>("select chunk from membership.dues_run_chunk where run_id = @run order by 1", new { run = run.Value }))
            await PublishAsync(new ChargesInvoiced(run, chunk));
    }

    public async Task PublishAsync(object message)
    {
        await using var scope = Office.As(Actor.System);
        await scope.Bus.PublishAsync(message);
        await scope.Services.GetRequiredService<IMessageDrain>().DrainAsync();
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Office.Database.OpenConnectionAsync();
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await Office.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    public ValueTask DisposeAsync() => Office.DisposeAsync();
}
