using System.Diagnostics;
using System.Globalization;
using System.Text;
using Association.Billing.Deliveries;
using Association.Billing.Sending;
using Association.Membership.Contracts;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Office;

/// <summary>An office with Billing, and a mail server beside it.</summary>
/// <param name="working">Whether this process sends mails by itself; without, only its drains do.</param>
public abstract class MailedOffice(bool working = true) : IAsyncLifetime
{
    internal BillingOffice Office { get; private set; } = null!;

    protected TrialServer Server { get; } = new();

    public async Task InitializeAsync()
    {
        Office = await BillingOffice.OpenAsync(working);
        await Office.SetMailServerAsync(Server.Port);
    }

    public async Task DisposeAsync()
    {
        await Office.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>A member whose mail goes to <c>name@example.org</c>; without a name, on paper.</summary>
    internal MemberCard Member(string? name, string language = "de", bool noPost = false) =>
        Office.Membership.AddMember(c => c with { Email = name is null ? null : $"{name}@example.org", Language = language, NoPost = noPost });

    /// <summary>A host beside this one; on a day, or now.</summary>
    internal Process StartHost(DateOnly? day = null) =>
        Process.Start(
            new ProcessStartInfo(
                Environment.ProcessPath!,
                [
                    typeof(MailedOffice).Assembly.Location,
                    "work",
                    Office.Office.ConnectionString,
                    .. day is { } on ? new[] { on.ToString("O", CultureInfo.InvariantCulture) } : [],
                ]
            )
            {
                RedirectStandardInput = true, // closed when this process ends, whichever way: then the child ends, too
                RedirectStandardOutput = true,
            }
        )!;

    internal Task<WaitingCount> WaitingAsync(DuesRunId? run = null) => Office.As().Bus.QueryAsync(new CountWaiting(run));

    /// <summary>As the page does: what it showed is confirmed.</summary>
    internal async Task<BegunSending> SendAsync(DuesRunId? run = null)
    {
        var seen = await WaitingAsync(run);
        return await Office.InvokeAsync<BegunSending>(new SendDocuments(run, seen.ByMail, seen.OnPaper));
    }

    internal async Task<SendingView> SendingAsync(BegunSending begun) =>
        (await Office.As().Bus.QueryAsync(new ReadSendings(begun.Number))).ShouldHaveSingleItem();

    internal async Task<IReadOnlyList<T>> ListAsync<T>(string sql)
    {
        await using var connection = await Office.Office.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<T>(sql)).AsList();
    }

    internal async Task InvokeAsync(ICommand command)
    {
        var scope = Office.As();
        await scope.Bus.InvokeAsync(command);
        (await scope.DrainAsync()).Ok.ShouldBeTrue();
    }

    internal async Task<Dispatch> DispatchAsync(string number) => (await Office.As().Bus.QueryAsync(new ReadDispatch(number))).ShouldNotBeNull();

    internal async Task<IReadOnlyList<TodayRow>> TodayAsync()
    {
        var scope = Office.As();
        var tasks = scope.Services.GetServices<ITodayTask>().OfType<SendingTasks>().ShouldHaveSingleItem();
        return await tasks.FindAsync(scope.Services.GetRequiredService<CurrentUser>().Actor, CancellationToken.None);
    }

    internal static MimeMessage Read(Association.Testing.Received mail) => MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(mail.Data)));
}
