using System.Runtime.CompilerServices;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Mail;
using Association.Platform.Mail.Operation;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Xunit;

namespace Association.Mail.Tests.Server;

/// <summary>An office that writes letters, and a mail server beside it.</summary>
/// <param name="working">Whether this process sends mails by itself; without, only its drains do.</param>
public abstract class MailOffice(bool working = true) : IAsyncLifetime
{
    private TestOffice? _office;

    internal static readonly Actor Clerk = new(
        new UserId(Guid.CreateVersion7()),
        "Sekretariat",
        new HashSet<string> { LetterModule.Write, MailPermissions.Read, MailPermissions.Decide, MailPermissions.Test }
    );

    protected TestOffice Office => _office!;

    protected OfficeScope Anna { get; private set; } = null!;

    internal TrialServer Server { get; } = new();

    public async Task InitializeAsync()
    {
        _office = await TestOffice.CreateAsync(
            services =>
            {
                services.Configure<MailOptions>(Impatient);
                if (!working)
                    services.RemoveAll<IHostedService>();
            },
            new LetterModule()
        );
        Anna = Office.As(Clerk);
    }

    public async Task DisposeAsync()
    {
        await Office.DisposeAsync();
        await Server.DisposeAsync();
    }

    internal static void Impatient(MailOptions options) =>
        (options.ConnectPatience, options.ReplyPatience, options.AcceptancePatience) = (
            TimeSpan.FromSeconds(10),
            TimeSpan.FromSeconds(10),
            TimeSpan.FromSeconds(10)
        );

    /// <summary>Another process on the same database, as far as anybody can tell.</summary>
    internal static async Task<ServiceProvider> HostAsync(string connectionString, Action<MessagingOptions>? bus = null)
    {
        var configuration = new ConfigurationManager { ["ConnectionStrings:Association"] = connectionString };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddAssociationPlatform(configuration);
        services.AddAssociationModules(configuration, new LetterModule());
        services.Configure<MessagingOptions>(options =>
        {
            options.PollInterval = TimeSpan.FromMilliseconds(100);
            bus?.Invoke(options);
        });
        services.Configure<MailOptions>(Impatient);
        var provider = services.BuildServiceProvider();
        foreach (var hosted in provider.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
        return provider;
    }

    internal static async Task StopAsync(ServiceProvider host)
    {
        foreach (var hosted in host.GetServices<IHostedService>())
            await hosted.StopAsync(CancellationToken.None);
        await host.DisposeAsync();
    }

    /// <summary>Names the server in the settings; what waits is tried at once.</summary>
    protected Task SetServerAsync() => Office.As(Clerk).Bus.InvokeAsync(new NameServer(Server.Port));

    protected async Task<Guid> WriteAsync(string purpose = "letter:1", TimeSpan? within = null)
    {
        await Anna.InvokeAndWaitAsync(new WriteLetter(purpose, within ?? TimeSpan.FromDays(7)));
        return (await ReadAsync<Guid>("select id from mail.outgoing_mail where purpose = @purpose", new { purpose })).Single();
    }

    protected async Task<MailView> MailAsync(Guid id) => (await Anna.Bus.QueryAsync(new ReadMail(id)))!;

    protected async Task<MailState> StateAsync(Guid id) => (await MailAsync(id)).State;

    protected async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Office.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<T>(sql, parameters)).AsList();
    }

    protected async Task<int> ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await Office.Database.OpenConnectionAsync();
        return await connection.ExecuteAsync(sql, parameters);
    }

    /// <summary>The time of the next attempt has come.</summary>
    protected async Task LetTimeComeAsync()
    {
        await ExecuteAsync(
            "update mail.outgoing_mail set next_attempt_at = created_at where state = 'waiting'; update messaging.wolverine_incoming_envelopes set execution_time = now() where status = 'Scheduled'"
        );
        await Anna.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();
    }

    internal static Task UntilAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Waiting.UntilAsync(condition, 120, what);
}

/// <summary>A module that sends letters by mail.</summary>
internal sealed class LetterModule : IModule
{
    public const string Write = "letter.write";
    public const string Secret = "https://verein.example/invitation?code=K7QX-9M2P";

    public string Name => "letter";

    public Platform.Data.Migrations.SchemaMigrations? Migrations => null;

    public IReadOnlyList<MenuEntry> Menu => [];

    public IReadOnlyList<Permission> Permissions => [new(Write, PermissionKind.Act, Roles.Office)];

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }
}

/// <summary>Writes a letter, or several at once.</summary>
[Permission(LetterModule.Write)]
internal sealed record WriteLetter(string Purpose, TimeSpan Within, bool Fails = false, int Copies = 1) : ICommand;

/// <summary>Takes letters back.</summary>
[Permission(LetterModule.Write)]
internal sealed record TakeBack(string Purpose) : ICommand;

/// <summary>Names the mail server.</summary>
[Permission(LetterModule.Write)]
internal sealed record NameServer(int Port) : ICommand;

internal static class WriteLetterHandler
{
    public static async Task<bool> HandleAsync(WriteLetter command, IOutgoingMails mails, TimeProvider clock, CancellationToken ct)
    {
        var letters = Enumerable
            .Range(1, command.Copies)
            .Select(n => new NewMail(
                command.Copies == 1 ? command.Purpose : $"{command.Purpose}.{n}",
                "Nina Weiß",
                "nina@klinik.example",
                "Ihr Zugang",
                $"Guten Tag\n{LetterModule.Secret}",
                clock.GetUtcNow() + command.Within
            ));
        var added = await mails.AddAsync([.. letters], ct) == command.Copies;
        return command.Fails ? throw new InvalidOperationException("The change that causes the mail fails.") : added;
    }
}

internal static class TakeBackHandler
{
    public static Task HandleAsync(TakeBack command, IOutgoingMails mails, CancellationToken ct) => mails.WithdrawAsync([command.Purpose], ct);
}

internal static class NameServerHandler
{
    public static async Task HandleAsync(
        NameServer command,
        IOfficeRules rules,
        Platform.Mail.Outgoing.MailServerChange change,
        IUnitOfWork unit,
        CancellationToken ct
    )
    {
        var now = await rules.CurrentAsync(ct);
        await rules.SaveAsync(
            unit.Connection,
            now with
            {
                Mail = new MailRules
                {
                    Server = "127.0.0.1",
                    Port = command.Port,
                    Security = MailSecurity.Plain,
                    SenderName = "Verein",
                    SenderAddress = "office@verein.example",
                },
            },
            ct
        );
        await change.TryWaitingAsync(ct);
    }
}
