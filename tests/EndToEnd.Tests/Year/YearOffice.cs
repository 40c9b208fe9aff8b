using System.Globalization;
using System.Text.Json;
using Association.EndToEnd.Tests.CommandLine;
using Association.EndToEnd.Tests.Hosts;
using Association.Testing;
using Shouldly;

namespace Association.EndToEnd.Tests.Year;

/// <summary>An installation that lives through days of its own, used through the program's command line; its mails go to a real server.</summary>
/// <remarks>With kills: what works on the day's letters is killed at any moment, and the day is repeated or goes on.</remarks>
internal sealed class YearOffice : IAsyncDisposable
{
    private const int Patience = 2500; // ms until a kill, at most
    private const int DaysBetweenKills = 7;
    private const int MailsBetweenCuts = 40;

    private readonly SharedInstallation _installation;
    private readonly Random _random = new(4715);
    private readonly bool _kills;
    private int _mails;

    private YearOffice(SharedInstallation installation, bool kills) => (_installation, _kills) = (installation, kills);

    /// <summary>What its mails reach.</summary>
    public TrialServer Server { get; } = new();

    /// <summary>The day that is lived.</summary>
    public DateOnly Today { get; set; }

    /// <summary>A folder for the test's own files.</summary>
    public string Files => _installation.Files;

    public static async Task<YearOffice> OpenAsync(DateOnly day, bool kills)
    {
        var office = new YearOffice(await SharedInstallation.CreateAsync(), kills) { Today = day };
        if (kills)
            office.Server.Answer = office.Cut;
        var server = new
        {
            server = "127.0.0.1",
            port = office.Server.Port,
            security = "Plain",
            senderName = "Bliesland",
            senderAddress = "post@bliesland.example",
        };
        await office.InvokeAsync(
            "ChangeMailRules",
            new
            {
                seen = 0,
                mail = server,
                password = (string?)null,
            },
            "admin"
        );
        return office;
    }

    /// <summary>A verb on this day.</summary>
    public Task<JsonElement> RunAsync(params string[] verb) => _installation.Program.RunAsync([.. verb, .. OnThisDay]);

    /// <summary>A command or query on this day.</summary>
    public Task<JsonElement> InvokeAsync(string name, object values, string who) => RunAsync("invoke", name, JsonSerializer.Serialize(values), "--as", who);

    public Task<IReadOnlyList<T>> ReadAsync<T>(string sql) => _installation.ReadAsync<T>(sql);

    public Task ExecuteAsync(string sql) => _installation.ExecuteAsync(sql);

    /// <summary>What the calendar does on this day; every few days it is killed amid it, and begins again.</summary>
    public async Task MorningAsync()
    {
        string[] due = ["run-job", "--due", "--as", "admin"];
        if (_kills && Today.DayNumber % DaysBetweenKills == 0)
        {
            await _installation.Program.KillAfterAsync(TimeSpan.FromMilliseconds(_random.Next(Patience)), [.. due, .. OnThisDay]);
            await SettleAsync();
        }
        await RunAsync(due);
        if (Today.Day == 1)
            await RunAsync("verify");
    }

    /// <summary>Does something that sends many letters, beside two hosts that are killed one after the other while it works.</summary>
    public async Task AmidKillsAsync(Func<Task> send)
    {
        if (!_kills)
        {
            await send();
            return;
        }
        var hosts = await Task.WhenAll(StartHostAsync(), StartHostAsync());
        var sending = send();
        foreach (var host in hosts)
        {
            await Task.Delay(_random.Next(Patience));
            await host.KillAsync();
        }
        await sending;
        await SettleAsync();
    }

    // The server takes a mail and says nothing more.
    private string? Cut(string line) => line == "." && Interlocked.Increment(ref _mails) % MailsBetweenCuts == 0 ? TrialServer.Cut : null;

    // Another host finishes what the killed ones left.
    private async Task SettleAsync()
    {
        if (await IsSettledAsync())
            return;
        var host = await StartHostAsync();
        await SharedInstallation.UntilAsync("all is handled", IsSettledAsync);
        await host.KillAsync();
    }

    private async Task<bool> IsSettledAsync() =>
        await ReadAsync<long>(
            "select (select count(*) from messaging.message) + (select count(*) from mail.outgoing_mail where state in ('waiting', 'sending'))"
        )
            is [0];

    /// <summary>What nobody can know of a mail, a person finds out: she asks whether it arrived.</summary>
    public async Task EveningAsync()
    {
        while (await ReadAsync<(Guid, string)>("select id, message_id from mail.outgoing_mail where state = 'unknown'") is { Count: > 0 } unknown)
            foreach (var (id, message) in unknown)
            {
                string[] arrived = Server.Mails.Any(m => m.MessageId == message) ? ["--arrived"] : [];
                await _installation.Program.TryAsync(["mail", "send-again", $"{id}", .. arrived, "--as", "admin", .. OnThisDay]);
            }
    }

    private Task<OfficeProcess> StartHostAsync() => _installation.StartAsync(_installation.Program, OnThisDay);

    private string[] OnThisDay => ["--today", Today.ToString("O", CultureInfo.InvariantCulture)];

    public async ValueTask DisposeAsync()
    {
        await _installation.DisposeAsync();
        await Server.DisposeAsync();
    }
}
