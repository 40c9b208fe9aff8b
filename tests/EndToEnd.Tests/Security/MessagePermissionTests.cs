using System.Runtime.CompilerServices;
using Association.Host.Startup;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Security;

[Collection(OfficeCollection.Name)]
public sealed class MessagePermissionTests(OfficeHost office)
{
    private static readonly CancellationToken Cancelled = new(canceled: true); // the permission is asked for before anything else happens

    [Fact]
    public void every_command_and_query_stands_in_the_table() =>
        Messages().Select(m => m.Name).Except(MessageTable.Allowed.Keys).ShouldBeEmpty("a message without a row in MessageTable");

    [Fact]
    public void every_row_of_the_table_is_a_command_or_query() =>
        MessageTable.Allowed.Keys.Except(Messages().Select(m => m.Name)).ShouldBeEmpty("a row without its message");

    [Theory]
    [InlineData(""), InlineData(Roles.Office), InlineData(Roles.Board), InlineData(Roles.Administrator)]
    public async Task each_role_invokes_what_is_its_own_and_nothing_else(string role)
    {
        var wrong = new List<string>();
        foreach (var message in Messages().Where(m => MessageTable.Allowed.ContainsKey(m.Name)))
        {
            await using var scope = office.Services.CreateAsyncScope();
            var catalog = scope.ServiceProvider.GetRequiredService<PermissionCatalog>();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor =
                role.Length == 0 ? Actor.Anonymous : new Actor(UserId.From(Guid.CreateVersion7()), role, catalog.HeldBy(role));
            var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
            var refused = false;
            try
            {
                await bus.InvokeAsync(RuntimeHelpers.GetUninitializedObject(message), Cancelled);
            }
            catch (PermissionDeniedException)
            {
                refused = true;
            }
            catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
            {
                // permitted: a query is to be asked otherwise, a command is stopped by the token
            }
            if (refused == MessageTable.Allowed[message.Name].Contains(role))
                wrong.Add($"{message.Name} is {(refused ? "refused to" : "open to")} '{role}'");
        }
        wrong.ShouldBeEmpty();
    }

    private static IEnumerable<Type> Messages() =>
        HostComposition
            .Modules.SelectMany(m =>
                m.Assembly.GetTypes()
                    .Concat(
                        m.Assembly.GetReferencedAssemblies()
                            .Where(a => a.Name!.StartsWith("Association.", StringComparison.Ordinal))
                            .SelectMany(a => System.Reflection.Assembly.Load(a).GetTypes())
                    )
            )
            .Distinct()
            .Where(t =>
                t is { IsAbstract: false, IsInterface: false }
                && (typeof(ICommand).IsAssignableFrom(t) || t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IQuery<>)))
            );
}
