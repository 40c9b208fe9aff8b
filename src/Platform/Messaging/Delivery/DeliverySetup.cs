using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Storing;
using JasperFx;
using JasperFx.CodeGeneration;
using Npgsql;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Postgresql;

namespace Association.Platform.Messaging.Delivery;

/// <summary>How Wolverine is set up. Every setting that safety depends on stands here, with its reason.</summary>
internal static class DeliverySetup
{
    public const string Schema = "messaging";

    public static void Configure(
        WolverineOptions wolverine,
        MessagingModel model,
        NpgsqlDataSource database,
        MessageDelivery delivery,
        MessagingOptions options
    )
    {
        wolverine.ServiceName = "association";
        wolverine.ApplicationAssembly = typeof(DeliverySetup).Assembly;
        wolverine.PersistMessagesWithPostgresql(database, Schema);
        wolverine.AutoBuildMessageStorageOnStartup = AutoCreate.None; // the schema is SQL files; nothing alters tables at run time
        wolverine.CodeGeneration.TypeLoadMode = TypeLoadMode.Static; // our handlers are called, not generated: no compiler at run time
        wolverine.Discovery.DisableConventionalDiscovery();
        wolverine.Policies.DisableConventionalLocalRouting();
        wolverine.UnknownMessageBehavior = UnknownMessageBehavior.DeadLetterQueue; // the default drops what nobody knows
        wolverine.DefaultSerializer = new MessageJson();
        wolverine.MaxIncomingEnvelopeDataSize = 100_000_000; // what lies in the store is read, however it came there
        wolverine.DefaultExecutionTimeout = TimeSpan.FromHours(12); // a handler of long work is not cancelled by the clock
        Tune(wolverine.Durability, options);
        Retries(wolverine, options);
        foreach (var message in model.Handlers.Where(h => h.IsQueued).GroupBy(h => h.Message.Type))
        {
            wolverine.RegisterMessageType(message.Key, message.First().Message.StableName!);
            var handler = new StoredMessageHandler(message.Key, [.. message], delivery);
            wolverine.AddMessageHandler(message.Key, handler);
            foreach (var definition in message)
            {
                definition.Configure?.Invoke(handler.Chain!);
                wolverine
                    .LocalQueue(Addresses.LocalQueue(definition.Queue))
                    .UseDurableInbox()
                    .MaximumParallelMessages(definition.Parallelism ?? options.Parallelism);
            }
        }
    }

    // Balanced in every process: Solo takes another's messages, Serverless loses what is cascaded.
    private static void Tune(DurabilitySettings durability, MessagingOptions options)
    {
        durability.Mode = DurabilityMode.Balanced;
        durability.MessageIdentity = MessageIdentity.IdAndDestination;
        durability.MessageStorageSchemaName = Schema;
        durability.DurabilityAgentEnabled = false; // it would recover on one node only, and bury what a newer release sent; Adoption does it on every node
        durability.LeadershipEligible = false; // there is nothing to lead
        durability.HealthCheckPollingTime = TimeSpan.FromSeconds(1);
        durability.DrainTimeout = options.ShutdownGrace + TimeSpan.FromSeconds(5);
    }

    // Without a rule Wolverine buries a message at its first failure. The first fitting rule decides.
    private static void Retries(WolverineOptions wolverine, MessagingOptions options)
    {
        TimeSpan[] pauses = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2)];
        TimeSpan[] delays = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(50)];
        wolverine.OnException<UnreadableMessageException>().MoveToErrorQueue(); // trying again would not help
        if (options.RetryDelayScale == 0)
            wolverine.OnException(_ => true).RetryTimes(pauses.Length + delays.Length).Then.MoveToErrorQueue();
        else
            wolverine.OnException(_ => true).RetryWithCooldown(Scaled(pauses)).Then.ScheduleRetry(Scaled(delays)).Then.MoveToErrorQueue();

        TimeSpan[] Scaled(TimeSpan[] times) => [.. times.Select(t => t * options.RetryDelayScale)];
    }
}
