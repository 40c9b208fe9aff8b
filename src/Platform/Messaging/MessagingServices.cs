using System.Reflection;
using Association.Platform.Data;
using Association.Platform.Data.Migrations;
using Association.Platform.Data.Users;
using Association.Platform.Messaging.Delivery;
using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Operation;
using Association.Platform.Messaging.Running;
using Association.Platform.Messaging.Storing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Association.Platform.Messaging;

/// <summary>Registration of the bus.</summary>
public static class MessagingServices
{
    /// <summary>The schema <c>messaging</c>; runs before the modules'.</summary>
    public static SchemaMigrations Migrations { get; } = new("messaging", typeof(MessagingServices).Assembly, Order: 10);

    /// <summary>
    /// Registers the bus, the drain, and the workers that run while the host runs. Needs an <c>NpgsqlDataSource</c>; handlers are found
    /// in these assemblies and checked when the bus is first asked for, and when the host starts.
    /// </summary>
    /// <exception cref="MessagingModelException">Thrown then: what does not fit together.</exception>
    public static IServiceCollection AddMessaging(this IServiceCollection services, params Assembly[] handlerAssemblies) =>
        services.AddMessaging(() => MessagingModel.Build(handlerAssemblies.Append(typeof(MessagingServices).Assembly)));

    internal static IServiceCollection AddMessaging(this IServiceCollection services, Func<MessagingModel> build)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped<CurrentUser>();
        services.TryAddSingleton<OfficeDatabase>();
        services.TryAddScoped<ScopeConnection>();
        services.AddLocalization();
        services
            .AddOptions<MessagingOptions>()
            .Configure<IServiceProvider>((options, provider) => provider.GetService<IConfiguration>()?.GetSection("Messaging").Bind(options));
        services.AddSingleton(provider =>
        {
            var model = build();
            model.EnsureValid(provider.GetRequiredService<IServiceProviderIsService>());
            return model;
        });
        services.AddSingleton<MessageTrails>();
        services.AddSingleton<MessageRouter>();
        services.AddSingleton<QueueWords>();
        services.AddSingleton<BusObserver>();
        services.AddSingleton<HandlerRunner>();
        services.AddSingleton<MessageWriter>();
        services.AddSingleton<OwnQueues>();
        services.AddSingleton<DeliveryNode>();
        services.AddSingleton<MessageDelivery>();
        services.AddSingleton<TrailKeeper>();
        services.AddSingleton<Adoption>();
        services.AddSingleton<PauseWatch>();
        services.AddSingleton<FormerStore>();
        services.AddSingleton<Housekeeping>();
        services.AddSingleton(provider => new MessageBacklog(provider.GetRequiredService<OfficeDatabase>(), provider.GetRequiredService<MessagingModel>()));
        services.AddScoped<BusScope>();
        services.AddScoped<DocumentSessions>();
        services.AddScoped<IMessageBus, MessageBus>();
        services.AddScoped<IMessageDrain, MessageDrain>();
        services.AddScoped<IUnitOfWork>(provider => provider.GetRequiredService<BusScope>());
        services.AddHostedService<DeliveryService>();
        services.AddHostedService<BacklogGauges>();
        return services;
    }
}
