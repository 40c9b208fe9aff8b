using Association.Host.Health;
using Association.Host.Startup;
using Association.Host.Web;
using Association.Platform.Web.Modules;
using Association.Testing;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests;

/// <summary>
/// What the modules declare and what a person wrote down about it are the same list: every command, query and address has a row that says who may. That the
/// office keeps to the rows, tests/EndToEnd.Tests/Security tries with every role.
/// </summary>
public sealed class AccessTests
{
    [Fact]
    public void every_command_and_query_has_a_row() =>
        Messages().Except(AccessTable.Messages.Keys).ShouldBeEmpty("say who may, in Access.txt beside the module's tests");

    [Fact]
    public void a_name_means_one_command_or_query() =>
        Messages().GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty("it is invoked by its name, and its row is found by it");

    [Fact]
    public void every_row_is_a_command_or_query() => AccessTable.Messages.Keys.Except(Messages()).ShouldBeEmpty("a row without its message");

    [Fact]
    public async Task every_address_has_a_row() =>
        (await AddressesAsync()).Except(AccessTable.Addresses.Keys).ShouldBeEmpty("say who may, in Access.txt beside the module's tests");

    [Fact]
    public async Task every_row_is_an_address() => AccessTable.Addresses.Keys.Except(await AddressesAsync()).ShouldBeEmpty("a row without its address");

    [Fact]
    public void rows_are_read_with_their_roles()
    {
        var rows = AccessTable.Read(["office, board: ListMembers /office/members/{Id:guid}", "everybody: /sign-in", "nobody: SendMail"]);

        rows["ListMembers"].ShouldBe([Roles.Office, Roles.Board]);
        rows["/office/members/{Id:guid}"].ShouldBe([Roles.Office, Roles.Board]);
        rows["/sign-in"].ShouldBe(["", Roles.Office, Roles.Board, Roles.Administrator]);
        rows["SendMail"].ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ListMembers")]
    [InlineData("visitor: ListMembers")]
    public void a_row_without_roles_is_refused(string line) => Should.Throw<FormatException>(() => AccessTable.Read([line]));

    [Fact]
    public void two_rows_for_one_thing_are_refused() => Should.Throw<ArgumentException>(() => AccessTable.Read(["office: ListMembers", "board: ListMembers"]));

    private static IEnumerable<string> Messages() => AccessTable.MessagesOf(HostComposition.Modules).Select(m => m.Name);

    private static async Task<IReadOnlySet<string>> AddressesAsync()
    {
        // Composed as it is delivered, and not started: no database is asked.
        await using var office = HostComposition.CreateBuilder("--ConnectionStrings:Association=Host=nowhere.invalid").Build();
        office.UseWebOffice();
        office.MapHealth();
        return AccessTable.AddressesOf(((IEndpointRouteBuilder)office).DataSources);
    }
}
