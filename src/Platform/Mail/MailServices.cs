using Association.Platform.Data.Migrations;
using Association.Platform.Mail.Operation;
using Association.Platform.Mail.Outgoing;
using Association.Platform.Messaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Platform.Mail;

/// <summary>Registration of outgoing mail.</summary>
public static class MailServices
{
    /// <summary>The schema <c>mail</c>; runs before the modules'.</summary>
    public static SchemaMigrations Migrations { get; } = new("mail", typeof(MailServices).Assembly, Order: 20);

    /// <summary>Registers what queues and sends mails; their handlers are found in this assembly.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSingleton(Migrations);
        services
            .AddOptions<MailOptions>()
            .Configure<IServiceProvider>((options, provider) => provider.GetService<IConfiguration>()?.GetSection("Mail").Bind(options));
        services.AddSingleton<MailContents>();
        services.AddSingleton<MailServers>();
        services.AddSingleton<MailConnections>();
        services.AddSingleton<SmtpConversations>();
        services.AddSingleton<MailDispatch>();
        services.AddSingleton<MailBacklog>();
        services.AddScoped<IOutgoingMails, OutgoingMails>();
        services.AddScoped<MailDecision>();
        services.AddScoped<MailWords>();
        services.AddScoped(provider => new MailServerChange(
            provider.GetRequiredService<IUnitOfWork>(),
            provider.GetRequiredService<IMessageBus>(),
            provider.GetRequiredService<MailContents>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        return services;
    }
}
