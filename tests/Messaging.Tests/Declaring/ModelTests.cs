using System.Reflection;
using Association.Messaging.Tests.Trial;
using Association.Platform.Data;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Declaring;

/// <summary>Start-up finds each mistake, says it in a sentence, and says all of them at once.</summary>
public sealed class ModelTests
{
    [Fact]
    public void the_trial_module_is_sound()
    {
        var model = MessagingModel.Build(typeof(TrialModule).Assembly);
        model
            .Validate(
                Registered(services =>
                    services.AddSingleton<Switchboard>().AddDbContext<TrialDb>().AddModuleDocuments<TrialModule>("trial", TrialDocuments.Configure)
                )
            )
            .ShouldBeEmpty();
        model.Describe().ShouldContain(h => h.Queue == "trial.letter-due/letter-due" && h.Policy.EndsWith("retries of its own", StringComparison.Ordinal));
        model.Access().Single(a => a.Message == typeof(MakeThing)).Permission.ShouldBe(TrialModule.Write);
    }

    [Theory]
    [InlineData(
        typeof(Broken.CommandWithoutHandler),
        "Lonely is a command and has no handler; it needs exactly one. Write a static class LonelyHandler with a method Handle."
    )]
    [InlineData(
        typeof(Broken.QueryWithoutHandler),
        "Unasked is a query and has no handler; it needs exactly one. Write a static class UnaskedHandler with a method Handle."
    )]
    [InlineData(
        typeof(Broken.CommandWithTwoHandlers),
        "Shared is a command and has the handlers OneHandler, TwoHandler; it needs exactly one. Remove the others, or let them handle an event."
    )]
    [InlineData(
        typeof(Broken.CommandForNobody),
        "Undeclared is a command and must say who may invoke it, with one of [Permission], [AnyoneMay], [InternalOnly]."
    )]
    [InlineData(
        typeof(Broken.CommandForTwoKinds),
        "Ambiguous is a command and must say who may invoke it, with one of [Permission], [AnyoneMay], [InternalOnly]."
    )]
    [InlineData(typeof(Broken.EventWithoutName), "Nameless is an event and lacks [MessageName]; without a stable name it cannot be stored.")]
    [InlineData(
        typeof(Broken.UnknownService),
        "NeedyHandler takes Missing, which is neither the message, nor what Load answers, nor a registered service. Register it in the module's AddServices."
    )]
    [InlineData(
        typeof(Broken.NoDocuments),
        "FilingHandler takes a session, but its module has no documents. Register them with AddModuleDocuments in the module's AddServices."
    )]
    [InlineData(typeof(Broken.TwoContexts), "TornHandler takes ADb and BDb; one transaction needs exactly one context.")]
    [InlineData(typeof(Broken.NoParameter), "EmptyHandler.Handle has no parameter; the first is the message.")]
    [InlineData(typeof(Broken.OtherMessageLoaded), "CrossedHandler.Load takes String first, but Handle takes Told.")]
    [InlineData(typeof(Broken.WrongValidate), "StrictHandler.Validate must answer Problem? or IEnumerable<Problem>.")]
    [InlineData(typeof(Broken.TwoLoadedAlike), "DoubleHandler.Load answers two things of one type; Handle could not tell them apart.")]
    [InlineData(typeof(Broken.TwoHandles), "SplitHandler has 2 methods Handle; a handler handles one message.")]
    [InlineData(typeof(Broken.WrongConfigure), "OddHandler.Configure must take a HandlerChain and nothing else.")]
    [InlineData(typeof(Broken.NameTwice), "The message name 'trial.twin' is used by Castor and Pollux. Give one of them another [MessageName].")]
    [InlineData(typeof(Broken.QueueTwice), "The queue name 'same' is used by LeftHandler and RightHandler. Give one of them another [QueueName].")]
    public void a_mistake_is_found_before_anything_runs(Type fixture, string finding)
    {
        var model = MessagingModel.Build(fixture.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public), []);
        model.Validate(Registered(services => services.AddDbContext<Broken.TwoContexts.ADb>().AddDbContext<Broken.TwoContexts.BDb>())).ShouldBe([finding]);
    }

    [Fact]
    public void all_mistakes_are_said_at_once_and_nothing_starts()
    {
        var types = new[] { typeof(Broken.CommandWithoutHandler), typeof(Broken.EventWithoutName) }.SelectMany(t => t.GetNestedTypes(BindingFlags.NonPublic));
        var refused = Should.Throw<MessagingModelException>(() => MessagingModel.Build(types, []).EnsureValid(Registered(_ => { })));
        refused.Findings.Count.ShouldBe(2);
        refused.Message.ShouldContain("Lonely");
        refused.Message.ShouldContain("Nameless");
    }

    private static IServiceProviderIsService Registered(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection().AddLocalization().AddLogging();
        services.AddMessaging(() => MessagingModel.Build([], []));
        services.AddSingleton<Npgsql.NpgsqlDataSource>(_ => null!);
        add(services);
        return services.BuildServiceProvider().GetRequiredService<IServiceProviderIsService>();
    }
}
