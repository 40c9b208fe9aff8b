using Association.Events.Booking.Keeping;
using Association.Events.Booking.Model;
using Association.Platform.Web.Modules;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Events.Booking;

/// <summary>Who has a seat, who waits, and why: the registration book of an event, a stream of facts beside seats that the database counts.</summary>
internal static class BookingFeature
{
    public const string Read = "events.registrations.read";
    public const string Manage = "events.registrations.manage";

    public static readonly Permission[] Permissions =
    [
        new(Read, PermissionKind.Read, Roles.Office, Roles.Board),
        new(Manage, PermissionKind.Act, Roles.Office),
    ];

    public static void Documents(StoreOptions options) => BookFact.Name(options);

    public static void AddServices(IServiceCollection services) => services.AddScoped<BookKeeper>();
}
