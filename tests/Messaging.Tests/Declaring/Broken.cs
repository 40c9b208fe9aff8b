using Association.Platform.Data;
using Association.Platform.Messaging;
using Marten;
using Microsoft.EntityFrameworkCore;

namespace Association.Messaging.Tests.Declaring;

/// <summary>One fixture for each mistake that start-up must find. Nested, so that scanning this assembly does not find them.</summary>
internal static class Broken
{
    internal static class CommandWithoutHandler
    {
        [Permission("x")]
        internal sealed record Lonely : ICommand;
    }

    internal static class QueryWithoutHandler
    {
        [Permission("x")]
        internal sealed record Unasked : IQuery<int>;
    }

    internal static class CommandWithTwoHandlers
    {
        [Permission("x")]
        internal sealed record Shared : ICommand;

        internal static class OneHandler
        {
            public static void Handle(Shared command) { }
        }

        internal static class TwoHandler
        {
            public static void Handle(Shared command) { }
        }
    }

    internal static class CommandForNobody
    {
        internal sealed record Undeclared : ICommand;

        internal static class UndeclaredHandler
        {
            public static void Handle(Undeclared command) { }
        }
    }

    internal static class CommandForTwoKinds
    {
        [Permission("x"), InternalOnly]
        internal sealed record Ambiguous : ICommand;

        internal static class AmbiguousHandler
        {
            public static void Handle(Ambiguous command) { }
        }
    }

    internal static class EventWithoutName
    {
        internal sealed record Nameless;

        internal static class NamelessHandler
        {
            public static void Handle(Nameless message) { }
        }
    }

    internal static class NoDocuments
    {
        [MessageName("trial.filed")]
        internal sealed record Filed;

        internal static class FilingHandler
        {
            public static void Handle(Filed message, IDocumentSession session) { }
        }
    }

    internal static class UnknownService
    {
        internal interface Missing;

        [MessageName("trial.needed")]
        internal sealed record Needed;

        internal static class NeedyHandler
        {
            public static void Handle(Needed message, Missing service) { }
        }
    }

    internal static class TwoContexts
    {
        internal sealed class ADb(DbContextOptions<ADb> options) : ModuleDbContext(options, "a");

        internal sealed class BDb(DbContextOptions<BDb> options) : ModuleDbContext(options, "b");

        [MessageName("trial.torn")]
        internal sealed record Torn;

        internal static class TornHandler
        {
            public static object? Load(Torn message, ADb a) => null;

            public static void Handle(Torn message, BDb b) { }
        }
    }

    internal static class NoParameter
    {
        internal static class EmptyHandler
        {
            public static void Handle() { }
        }
    }

    internal static class OtherMessageLoaded
    {
        [MessageName("trial.told")]
        internal sealed record Told;

        internal static class CrossedHandler
        {
            public static object? Load(string other) => other;

            public static void Handle(Told message) { }
        }
    }

    internal static class WrongValidate
    {
        [MessageName("trial.told")]
        internal sealed record Told;

        internal static class StrictHandler
        {
            public static bool Validate(Told message) => true;

            public static void Handle(Told message) { }
        }
    }

    internal static class TwoLoadedAlike
    {
        [MessageName("trial.told")]
        internal sealed record Told;

        internal static class DoubleHandler
        {
            public static (string, string) Load(Told message) => ("", "");

            public static void Handle(Told message, string which) { }
        }
    }

    internal static class TwoHandles
    {
        [MessageName("trial.told")]
        internal sealed record Told;

        internal static class SplitHandler
        {
            public static void Handle(Told message) { }

            public static void Handle(Told message, CancellationToken ct) { }
        }
    }

    internal static class WrongConfigure
    {
        [MessageName("trial.told")]
        internal sealed record Told;

        internal static class OddHandler
        {
            public static void Configure(string policy) { }

            public static void Handle(Told message) { }
        }
    }

    internal static class NameTwice
    {
        [MessageName("trial.twin")]
        internal sealed record Castor;

        [MessageName("trial.twin")]
        internal sealed record Pollux;

        internal static class CastorHandler
        {
            public static void Handle(Castor message) { }
        }

        internal static class PolluxHandler
        {
            public static void Handle(Pollux message) { }
        }
    }

    internal static class QueueTwice
    {
        [MessageName("trial.told")]
        internal sealed record Told;

        [QueueName("same")]
        internal static class LeftHandler
        {
            public static void Handle(Told message) { }
        }

        [QueueName("same")]
        internal static class RightHandler
        {
            public static void Handle(Told message) { }
        }
    }
}
