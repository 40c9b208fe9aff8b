using System.Diagnostics;
using Association.Billing.Contracts;
using Association.Membership.Members.Record;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Members;

/// <summary>Hosts that are killed while letters to single members are written and mailed: each member has one letter, and each of its mails left once.</summary>
public sealed class MemberLetterCrashTests : IAsyncLifetime
{
    private const int Members = 40;
    private readonly Random _random = new(4713);
    private readonly int _rounds = Environment.GetEnvironmentVariable("ASSOCIATION_TEST_LONG") == "1" ? 40 : 3;
    private TestOffice _office = null!;

    private TrialServer Server { get; } = new();

    public async Task InitializeAsync()
    {
        var books = new Books();
        _office = await TestOffice.CreateAsync(
            services =>
            {
                services.AddScoped<IBilledMembers>(_ => books).AddScoped<IInvoicedCharges>(_ => books).AddScoped<IDeliveryChoices>(_ => books);
                services.Configure<MailOptions>(options => options.RetryDelayScale = 0);
                services.RemoveAll<IHostedService>(); // this process works only when it drains
            },
            new MembershipModule()
        );
        _office.Clock.Set(TimeProvider.System.GetUtcNow()); // as it is for the processes beside
        await _office.WriteByMailAsync(Server.Port);
        for (var n = 0; n < Members; n++)
            await _office.InvokeAsync(
                new AdmitMember(null, "hospital", new DateOnly(2013, 4, 1), Some.Details($"Haus {n}") with { Email = $"m{n}@example.org" })
            );
        Server.Before = line => Task.Delay(line is "" or "." ? 2 : 0); // a server takes its time, so that a kill finds a conversation
    }

    public async Task DisposeAsync()
    {
        await _office.DisposeAsync();
        await Server.DisposeAsync();
    }

    [Fact]
    public async Task hosts_killed_at_any_moment_write_and_mail_each_member_one_letter_and_mail_it_again_once()
    {
        await WithKillsAsync(LetterHost.Write, attempt: 1, all: Members);
        (await ReadAsync<long>("select count(distinct member_id) from membership.member_letter")).ShouldBe(Members, "nobody is forgotten");
        (await ReadAsync<long>("select count(*) from membership.member_letter")).ShouldBe(Members, "nobody is written to twice");
        (await ReadAsync<long>("select count(*) from platform.archive_file")).ShouldBe(Members, "a file each, and no other");
        await ShouldHaveLeftOnceAsync(attempt: 1);

        var first = await ReadAsync<long>("select count(*) from platform.mail_status where state = 'sent'");
        await WithKillsAsync(LetterHost.Again, attempt: 2, all: first);
        (await ReadAsync<long>("select count(*) from membership.member_letter_mail where attempt = 2")).ShouldBe(first, "each that was taken, once more");
        (await ReadAsync<long>("select count(*) from membership.member_letter_mail where attempt > 2")).ShouldBe(0);
        await ShouldHaveLeftOnceAsync(attempt: 2);
    }

    // Hosts that do it are killed one after the other; then one does it to its end.
    private async Task WithKillsAsync(string what, int attempt, long all)
    {
        for (var round = 0; round < _rounds; round++)
        {
            using var host = Start(what);
            (await host.StandardOutput.ReadLineAsync()).ShouldBe(Program.Working);
            var before = await MailsAsync(attempt);
            await Waiting.UntilAsync(
                async () => await MailsAsync(attempt) is var now && (now > before || now == all) || host.HasExited,
                120,
                "a letter is written"
            );
            host.HasExited.ShouldBeFalse("it works until it is killed");
            await Task.Delay(_random.Next(150)); // any moment
            host.Kill();
            await host.WaitForExitAsync();
        }
        await using (var last = await LetterHost.StartAsync(_office.ConnectionString))
            await (what == LetterHost.Write ? last.WriteToEverybodyAsync() : last.MailAllAgainAsync());
        await _office.As(Platform.Data.Users.Actor.System).Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();
    }

    private async Task ShouldHaveLeftOnceAsync(int attempt)
    {
        var arrived = Server.Mails.CountBy(m => m.MessageId).ToDictionary();
        arrived.Values.ShouldAllBe(times => times == 1, "no mail is sent twice");
        await using var connection = await _office.Database.OpenConnectionAsync();
        var mails = (
            await connection.QueryAsync<(string Address, string State)>(
                """
                select m.address, s.state from membership.member_letter_mail m join platform.mail_status s on s.purpose = m.purpose where m.attempt = @attempt
                """,
                new { attempt }
            )
        ).AsList();
        mails.ShouldAllBe(m => m.State == "sent" || m.State == "unknown", "each came to an end");
        mails.Count(m => m.State == "unknown").ShouldBeLessThanOrEqualTo(_rounds * 4, "only what a killed host was just telling the server");
        var got = Server.Mails.CountBy(m => m.To.Single()).ToDictionary();
        mails.Where(m => m.State == "sent").ShouldAllBe(m => got.ContainsKey(m.Address), "whoever is said to have it has it");
        got.Values.ShouldAllBe(times => times <= attempt);
    }

    private Task<long> MailsAsync(int attempt) => ReadAsync<long>($"select count(*) from membership.member_letter_mail where attempt = {attempt}");

    private async Task<T> ReadAsync<T>(string sql)
    {
        await using var connection = await _office.Database.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    private Process Start(string what) =>
        Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, [typeof(MemberLetterCrashTests).Assembly.Location, what, _office.ConnectionString])
            {
                RedirectStandardInput = true, // closed when this process ends, whichever way: then the child ends, too
                RedirectStandardOutput = true,
            }
        )!;
}
