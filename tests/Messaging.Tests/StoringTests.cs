using Association.Messaging.Tests.Trial;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests;

public sealed class StoringTests : IAsyncLifetime
{
    private TestOffice _office = null!;

    public async Task InitializeAsync() => _office = await TestOffice.CreateAsync(new TrialModule());

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Fact]
    public async Task a_committed_command_has_its_messages_handled_by_every_handler()
    {
        var scope = _office.As(Roles.Office);
        var id = await scope.Bus.InvokeAsync<Guid>(new MakeThing("chair"));
        var report = await scope.DrainAsync();
        id.ShouldNotBe(Guid.Empty);
        report.Ok.ShouldBeTrue();
        report.Handled.Select(m => m.Queue).Order().ShouldBe(["trial.thing-made/first-thing-made", "trial.thing-made/second-thing-made"]);
        (await EffectsAsync()).Order().ShouldBe(["first:chair:Anna Dörr", "second:chair:Anna Dörr"]);
        (await scope.Bus.QueryAsync(new CountThings())).ShouldBe(1);
    }

    [Fact]
    public async Task a_command_that_fails_stores_neither_its_change_nor_its_messages()
    {
        var scope = _office.As(Roles.Office);
        await Should.ThrowAsync<InvalidOperationException>(scope.Bus.InvokeAsync(new MakeThing("chair", Fail: true)));
        (await scope.DrainAsync()).Handled.ShouldBeEmpty();
        (await scope.Bus.QueryAsync(new CountThings())).ShouldBe(0);
    }

    private async Task<IEnumerable<string>> EffectsAsync()
    {
        await using var connection = await _office.Database.OpenConnectionAsync();
        return await connection.QueryAsync<string>("select queue || ':' || subject || ':' || by_name from trial.effect order by at");
    }
}
