using Association.Billing.Accounts.Refunds;
using Association.Billing.Data;
using Association.Billing.Invoices.Browsing;
using Association.Billing.Invoices.Cancelling;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Mail;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Shouldly;

namespace Association.Billing.Tests.Office;

/// <summary>An office with Billing and a membership side that the test plans. Its day is 21.11.2026.</summary>
internal sealed class BillingOffice : IAsyncDisposable
{
    public static readonly DateOnly Today = new(2026, 11, 21);

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

    private readonly TestOffice _office;

    private BillingOffice(TestOffice office, PlannedMembership membership) => (_office, Membership) = (office, membership);

    public PlannedMembership Membership { get; }

    public TestOffice Office => _office;

    /// <param name="working">Whether this process works by itself on what is stored; without, only its drains do.</param>
    public static async Task<BillingOffice> OpenAsync(bool working = true)
    {
        var membership = new PlannedMembership();
        var office = await TestOffice.CreateAsync(
            services =>
            {
                services.Configure<MailOptions>(Impatient);
                if (!working)
                    services.RemoveAll<IHostedService>();
            },
            membership,
            new BillingModule()
        );
        office.Clock.SetToday(Today);
        await office.Services.GetRequiredService<IAssociationProfiles>().SaveAsync(Profile, CancellationToken.None);
        return new BillingOffice(office, membership);
    }

    /// <summary>A mail server that says nothing is waited for ten seconds.</summary>
    public static void Impatient(MailOptions options) =>
        (options.ConnectPatience, options.ReplyPatience, options.AcceptancePatience, options.RetryDelayScale) = (
            TimeSpan.FromSeconds(10),
            TimeSpan.FromSeconds(10),
            TimeSpan.FromSeconds(10),
            0
        );

    /// <summary>Mails leave by a server on this machine; null: they wait.</summary>
    public async Task SetMailServerAsync(int? port)
    {
        await using var scope = _office.Services.CreateAsyncScope();
        var rules = scope.ServiceProvider.GetRequiredService<IOfficeRules>();
        var current = await rules.CurrentAsync(CancellationToken.None);
        await using var connection = await _office.Database.OpenConnectionAsync();
        (
            await rules.SaveAsync(
                connection,
                current with
                {
                    Mail = port is not { } at
                        ? new MailRules()
                        : new MailRules
                        {
                            Server = "127.0.0.1",
                            Port = at,
                            Security = MailSecurity.Plain,
                            SenderName = Profile.Name,
                            SenderAddress = Profile.Email,
                        },
                },
                CancellationToken.None
            )
        ).ShouldNotBeNull();
    }

    public OfficeScope As(string who = Roles.Office) => _office.As(who);

    public OfficeScope AsSystem() => _office.As(Actor.System);

    /// <summary>Issues the charges as one chunk of a run of its own and waits until everything that follows has settled.</summary>
    public async Task IssueAsync(params IReadOnlyList<RaisedCharge> charges) => await DeliverAsync(await PlanAsync(charges));

    public async Task<ChargesRaised> PlanAsync(params IReadOnlyList<RaisedCharge> charges)
    {
        await using var scope = _office.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BillingDb>();
        var work = await scope
            .ServiceProvider.GetRequiredService<LongWorkLog>()
            .StartAsync(db, "test", StoredText.Of<BillingTexts>("Test"), "/", charges.Count, "Test", CancellationToken.None);
        return Membership.Plan(DuesRunId.New(), 1, work, charges);
    }

    public async Task DeliverAsync(object message)
    {
        var scope = As();
        await scope.Bus.PublishAsync(message);
        var report = await scope.DrainAsync();
        report.DeadLettered.Concat(report.Scheduled).Select(m => m.Error).ShouldBeEmpty();
        report.Ok.ShouldBeTrue();
    }

    /// <summary>Invokes as the office and waits until everything that follows has settled.</summary>
    public async Task<T> InvokeAsync<T>(object command)
    {
        var scope = As();
        var answer = await scope.Bus.InvokeAsync<T>(command);
        var report = await scope.DrainAsync();
        report.DeadLettered.Concat(report.Scheduled).Select(m => m.Error).ShouldBeEmpty();
        report.Ok.ShouldBeTrue();
        return answer;
    }

    /// <summary>Cancels an invoice whatever its amount: from the office's limit on the board agrees.</summary>
    public async Task CancelAsync(string number, string reason)
    {
        if ((await InvokeAsync<CancelledInvoice>(new CancelInvoice(number, reason))).Number is not null)
            return;
        var board = As(Roles.Board);
        await board.Bus.InvokeAsync(new ApproveCancellation(number));
        (await board.DrainAsync()).Ok.ShouldBeTrue();
    }

    /// <summary>Pays a credit back whatever its amount: from the office's limit on the board agrees.</summary>
    public async Task RefundAsync(string member, Money amount)
    {
        if ((await InvokeAsync<RefundedCredit>(new RefundCredit(member, amount, Today))).Posted)
            return;
        var board = As(Roles.Board);
        var waiting = (await board.Bus.QueryAsync(new ReadRefundRequest(member))).ShouldNotBeNull();
        await board.Bus.InvokeAsync(new ApproveRefund(waiting.Id, Today));
    }

    /// <summary>From this amount on a refund needs a second person; null: never.</summary>
    public Task SetRefundLimitAsync(Money? limit) => SetLimitsAsync(limits => limits with { RefundFrom = limit });

    public async Task SetLimitsAsync(Func<FourEyesRules, FourEyesRules> change)
    {
        await using var scope = _office.Services.CreateAsyncScope();
        var rules = scope.ServiceProvider.GetRequiredService<IOfficeRules>();
        var current = await rules.CurrentAsync(CancellationToken.None);
        await using var connection = await _office.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        (await rules.SaveAsync(connection, current with { FourEyes = change(current.FourEyes) }, CancellationToken.None)).ShouldNotBeNull();
        await transaction.CommitAsync();
    }

    public async Task<InvoiceView> InvoiceAsync(string number) => (await As().Bus.QueryAsync(new GetInvoice(number))).ShouldNotBeNull();

    public async Task<IReadOnlyList<string>> NumbersAsync()
    {
        await using var connection = await _office.Database.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>("select number from billing.invoice order by series, year, sequence")];
    }

    public async Task<T> ReadAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await _office.Database.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await _office.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }

    /// <summary>Every check of <c>verify</c> holds.</summary>
    public async Task ShouldVerifyAsync()
    {
        await using var scope = _office.Services.CreateAsyncScope();
        foreach (var check in scope.ServiceProvider.GetServices<IVerifyCheck>())
        {
            var result = await check.RunAsync(CancellationToken.None);
            result.Ok.ShouldBeTrue($"{check.Name}: {result.Detail}");
        }
    }

    public ValueTask DisposeAsync() => _office.DisposeAsync();
}
