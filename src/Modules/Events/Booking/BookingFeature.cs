using Association.Platform.Web.Modules;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Events.Booking;

/// <summary>Who has a seat, who waits, and why: the registration book of an event, a stream of facts beside seats that the database counts.</summary>
internal static class BookingFeature
{
    public static IReadOnlyList<Permission> Permissions => [];

    public static void Documents(StoreOptions options) { }

    public static void AddServices(IServiceCollection services) { }
}
