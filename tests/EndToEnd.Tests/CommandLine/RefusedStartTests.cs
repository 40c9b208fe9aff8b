using Association.Host.Installations;
using Association.Host.Startup;
using Association.Membership.Contracts;
using Association.Platform.Messaging.Model;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>The product as it is delivered, with something taken out of it.</summary>
public sealed class RefusedStartTests
{
    [Fact]
    public async Task an_office_with_a_handler_that_cannot_be_built_says_which_and_touches_no_data()
    {
        var folder = Path.Combine(Path.GetTempPath(), "association-" + Guid.CreateVersion7().ToString("N")[^12..]);
        var builder = HostComposition.CreateBuilder();
        builder.Services.RemoveAll<IMemberDirectory>();
        await using var app = builder.Build();
        var invocation = new Invocation(folder, null, null, Json: false);

        var refused = await Should.ThrowAsync<MessagingModelException>(OfficeServer.StartAsync(app, invocation, CancellationToken.None));

        refused.Findings.ShouldContain(
            "IssueInvoicesHandler takes IMemberDirectory, which is neither the message, nor what Load answers, nor a registered service. Register it in the module's AddServices."
        );
        Sentences.For(refused, invocation).ShouldBe([refused.Message]);
        Directory.Exists(folder).ShouldBeFalse();
    }
}
