using Association.Events.Attending;
using Association.Events.Booking;
using Association.Events.Booking.Keeping;
using Association.Events.Contracts;
using Association.Events.Planning;
using Association.Events.Pricing;
using Association.Events.Publishing;
using Association.Events.Registering;
using Association.Events.Registering.Form;
using Association.Events.Registering.Mails;
using Association.Events.Registering.Own;
using Association.Platform.Data;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Events;

/// <summary>Events: what is planned and published, and who has a seat.</summary>
public sealed class EventsModule : IModule
{
    internal const string SchemaName = "events";

    /// <inheritdoc/>
    public string Name => SchemaName;

    /// <inheritdoc/>
    public IReadOnlyList<MenuEntry> Menu => [PlanningFeature.Menu];

    /// <inheritdoc/>
    public IReadOnlyList<MenuEntry> New => [PlanningFeature.New];

    /// <inheritdoc/>
    public IReadOnlyList<Permission> Permissions => [.. PlanningFeature.Permissions, .. BookingFeature.Permissions, .. AttendingFeature.Permissions];

    /// <inheritdoc/>
    public IReadOnlyList<JobDeclaration> Jobs =>
        [new("events.remind-attendees", "0 0 7 * * ?", LateRun.Once, "Job.Remind", typeof(RegistrationTexts), run => new RemindAttendees(run.Id))];

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDocuments<EventsModule>(
            SchemaName,
            options =>
            {
                PlanningFeature.Documents(options);
                BookingFeature.Documents(options);
            }
        );
        PlanningFeature.AddServices(services);
        BookingFeature.AddServices(services);
        services
            .AddScoped<RegistrationWords>()
            .AddScoped<FormProblems>()
            .AddScoped<Payers>()
            .AddScoped<Bills>()
            .AddScoped<IBookFollower>(provider => provider.GetRequiredService<Bills>())
            .AddScoped<IEventBills, EventBills>()
            .AddScoped<RegistrationMails>()
            .AddScoped<CalendarFiles>()
            .AddScoped<IBookFollower>(provider => provider.GetRequiredService<RegistrationMails>());
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        PlanningFeature.MapEndpoints(routes);
        PublishingFeature.MapEndpoints(routes);
        AttendingFeature.MapEndpoints(routes);
        OwnDownloads.Map(routes);
    }
}
