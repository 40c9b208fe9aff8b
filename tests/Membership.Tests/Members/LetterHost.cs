using Association.Billing.Contracts;
using Association.Membership.Members.Correspondence;
using Association.Membership.Members.Letters;
using Association.Platform.Data.Users;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Association.Membership.Tests.Members;

/// <summary>A host on the office of a test, in a process of its own, with a person who writes to every member; it may be killed at any moment.</summary>
internal sealed class LetterHost : IAsyncDisposable
{
    /// <summary>What the process does: letters, or their second mails.</summary>
    public const string Write = "write",
        Again = "again";

    private static readonly SerialText Text = new("Bestätigung {Jahr}", "{Anrede}\n\n{Name} ({Mitgliedsnummer}) ist Mitglied.", "de");

    private readonly ServiceProvider services;

    private LetterHost(ServiceProvider services) => this.services = services;

    public static async Task<LetterHost> StartAsync(string database)
    {
        var configuration = new ConfigurationManager { ["ConnectionStrings:Association"] = database };
        var (services, books) = (new ServiceCollection(), new Books());
        services.AddSingleton<IConfiguration>(configuration);
        services.AddAssociationPlatform(configuration);
        services.AddAssociationModules(configuration, new MembershipModule());
        services.AddScoped<IBilledMembers>(_ => books).AddScoped<IInvoicedCharges>(_ => books).AddScoped<IDeliveryChoices>(_ => books);
        services.Configure<MessagingOptions>(options => options.PollInterval = TimeSpan.FromMilliseconds(100));
        services.Configure<MailOptions>(options => options.RetryDelayScale = 0);
        var host = new LetterHost(services.BuildServiceProvider());
        foreach (var hosted in host.services.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
        return host;
    }

    /// <summary>A letter by mail to each member; a form that was sent before is sent again, as by a person whose page did not answer.</summary>
    public async Task WriteToEverybodyAsync()
    {
        foreach (var member in await IdsAsync("select id from membership.member order by number"))
            await InvokeAsync<AlreadySubmittedException>(new WriteLetter(new(member), null, LetterWay.Mail, Text), member);
    }

    /// <summary>Each letter that has one mail that was taken goes out once more.</summary>
    public async Task MailAllAgainAsync()
    {
        foreach (
            var letter in await IdsAsync(
                """
                select m.letter_id from membership.member_letter_mail m join platform.mail_status s on s.purpose = m.purpose
                 where m.attempt = 1 and s.state = 'sent' order by m.letter_id
                """
            )
        )
            await InvokeAsync<ProblemsException>(new MailLetter(letter, Seen: 1, null), null);
    }

    private async Task InvokeAsync<TDone>(ICommand command, Guid? form)
        where TDone : Exception
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = new Actor(
            DemoPeople.All.Single(p => p.Login == "office").Id,
            "Anna Dörr",
            scope.ServiceProvider.GetRequiredService<PermissionCatalog>().HeldBy(Roles.Office)
        );
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        bus.FormToken = form;
        try
        {
            await bus.InvokeAsync(command);
        }
        catch (TDone)
        {
            // done before the kill
        }
    }

    private async Task<IReadOnlyList<Guid>> IdsAsync(string sql)
    {
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        return (await connection.QueryAsync<Guid>(sql)).AsList();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hosted in services.GetServices<IHostedService>().Reverse())
            await hosted.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
    }
}
