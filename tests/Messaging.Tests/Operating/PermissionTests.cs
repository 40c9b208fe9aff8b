using Association.Messaging.Tests.Trial;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Operating;

public sealed class PermissionTests : TrialOffice
{
    [Fact]
    public async Task nobody_may_anything_that_is_not_declared_for_anyone()
    {
        var stranger = Office.As(Actor.Anonymous);
        (await Should.ThrowAsync<PermissionDeniedException>(stranger.Bus.InvokeAsync(new MakeThing("chair")))).Permission.ShouldBe(TrialModule.Write);
        await Should.ThrowAsync<PermissionDeniedException>(stranger.Bus.QueryAsync(new CountThings()));
        (await stranger.Bus.QueryAsync(new AskSize())).ShouldBe("large");
    }

    [Fact]
    public async Task a_role_may_what_its_permissions_say_and_no_more()
    {
        var board = Office.As(Roles.Board);
        (await board.Bus.QueryAsync(new CountThings())).ShouldBe(0);
        await Should.ThrowAsync<PermissionDeniedException>(board.Bus.InvokeAsync(new MakeThing("chair")));
    }

    [Fact]
    public async Task an_internal_command_is_refused_to_every_person_and_obeyed_for_the_product_itself()
    {
        var omnipotent = Office.As(
            new Actor(new UserId(Guid.CreateVersion7()), "Allmacht", new HashSet<string> { TrialModule.Write, TrialModule.Read, "(internal)" })
        );
        await Should.ThrowAsync<PermissionDeniedException>(omnipotent.Bus.InvokeAsync(new SweepThings()));
        await Office.As(Actor.System).Bus.InvokeAsync(new SweepThings());
    }

    [Fact]
    public async Task an_event_cannot_be_invoked_past_the_check()
    {
        await Should.ThrowAsync<PermissionDeniedException>(Anna.Bus.InvokeAsync(new StepDone("a", 1)));
        await Should.ThrowAsync<InvalidOperationException>(Anna.Bus.InvokeAsync(new ThingMade("two handlers")));
    }
}
