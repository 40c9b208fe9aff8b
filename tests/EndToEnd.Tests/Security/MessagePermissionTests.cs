using System.Runtime.CompilerServices;
using Association.Host.Startup;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Security;

/// <summary>The bus keeps to the rows of the modules' Access.txt; tests/Architecture.Tests sees that every command and query has one.</summary>
[Collection(OfficeCollection.Name)]
public sealed class MessagePermissionTests(OfficeHost office)
{
    private static readonly CancellationToken Cancelled = new(canceled: true); // the permission is asked for before anything else happens

    [Theory]
    [InlineData(""), InlineData(Roles.Office), InlineData(Roles.Board), InlineData(Roles.Administrator)]
    public async Task each_role_invokes_what_is_its_own_and_nothing_else(string role)
    {
        var (wrong, allowed) = (new List<string>(), AccessTable.Messages);
        foreach (var message in AccessTable.MessagesOf(HostComposition.Modules).Where(m => allowed.ContainsKey(m.Name)))
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
            catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or ProblemsException)
            {
                // permitted: a query is to be asked otherwise, a command is stopped by the token, or by its empty days
            }
            if (refused == allowed[message.Name].Contains(role))
                wrong.Add($"{message.Name} is {(refused ? "refused to" : "open to")} '{role}'");
        }
        wrong.ShouldBeEmpty();
    }
}
