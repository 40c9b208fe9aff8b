using Association.Messaging.Tests.Trial;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Messaging.Tests.Releases;

/// <summary>Three releases of one module. Nested, so that scanning this assembly does not find them.</summary>
internal static class ParcelReleases
{
    /// <summary>Lets a host run one of the releases; <see cref="TrialOffice.HostAsync"/> takes it.</summary>
    public static Action<IServiceCollection> Of(Type release) =>
        services => services.AddSingleton(MessagingModel.Build([.. release.GetNestedTypes(System.Reflection.BindingFlags.NonPublic), .. Operation], []));

    private static IEnumerable<Type> Operation =>
        typeof(MessagingModel).Assembly.GetTypes().Where(t => t is { IsNested: false, Namespace: "Association.Platform.Messaging.Operation" });

    internal static class First
    {
        [MessageName("trial.parcel-sent")]
        internal sealed record ParcelSent(int Number, string To);

        internal static class BookParcelHandler
        {
            public static void Handle(ParcelSent message, TrialDb db) =>
                db.Effects.Add(new Effect { Queue = "booked", Subject = $"{message.Number} {message.To}" });
        }

        [MessageName("trial.parcel-lost")]
        internal sealed record ParcelLost(int Number);

        internal static class SearchParcelHandler
        {
            public static void Handle(ParcelLost message, TrialDb db) => db.Effects.Add(new Effect { Queue = "searched", Subject = $"{message.Number}" });
        }
    }

    /// <summary>Class and handler have other names; a second handler is new; nobody searches parcels any more.</summary>
    internal static class Second
    {
        [MessageName("trial.parcel-sent")]
        internal sealed record ParcelDispatched(int Number, string To);

        [QueueName("trial.parcel-sent/book-parcel")]
        internal static class RegisterParcelHandler
        {
            public static void Handle(ParcelDispatched message, TrialDb db) =>
                db.Effects.Add(new Effect { Queue = "registered", Subject = $"{message.Number} {message.To}" });
        }

        internal static class TellRecipientHandler
        {
            public static void Handle(ParcelDispatched message, TrialDb db) =>
                db.Effects.Add(new Effect { Queue = "told", Subject = $"{message.Number} {message.To}" });
        }
    }
}
