using Association.EndToEnd.Tests.CommandLine;
using Association.EndToEnd.Tests.Hosts;
using Association.Host.Installations;
using Association.Host.Startup;
using Association.Platform.Web.CommandLine;
using Association.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Setup;

/// <summary>A demo is for the machine it runs on.</summary>
public sealed class ListeningTests
{
    [Theory]
    [InlineData("urls", "http://0.0.0.0:5080")]
    [InlineData("urls", "http://[::]:5080")]
    [InlineData("urls", "http://*:5080")]
    [InlineData("urls", "http://+:80")]
    [InlineData("urls", "http://192.168.1.20:5080")]
    [InlineData("urls", "http://rechner.verein.example:5080")]
    [InlineData("urls", "http://localhost:5080; http://0.0.0.0:5081")]
    [InlineData("http_ports", "8080")]
    [InlineData("https_ports", "8443")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://*:5080")]
    [InlineData("Kestrel:Endpoints:Office:Url", "https://0.0.0.0:5443")]
    public void a_setting_that_lets_others_in_is_refused(string setting, string value) =>
        Should.Throw<RefusedException>(() => Listening.RefuseBeyondThisMachine(Settings(setting, value))).Message.ShouldContain("This is a demo");

    [Theory]
    [InlineData("urls", "")]
    [InlineData("urls", "http://localhost:5080")]
    [InlineData("urls", "http://127.0.0.1:0;http://[::1]:5081;http://LOCALHOST:5082")]
    [InlineData("urls", "http://127.8.9.10:5080")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://localhost:5080")]
    public void a_setting_that_keeps_to_this_machine_is_not(string setting, string value) =>
        Should.NotThrow(() => Listening.RefuseBeyondThisMachine(Settings(setting, value)));

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://0.0.0.0:0")]
    [InlineData("ASPNETCORE_URLS", "http://[::]:0")]
    [InlineData("Kestrel__Endpoints__Http__Url", "http://*:0")]
    public async Task a_demo_that_others_could_reach_does_not_start_and_says_why(string setting, string value)
    {
        await using var demo = await SharedInstallation.CreateAsync();
        var (exit, output, error) = await demo.Program.With(setting, value).TryProcessAsync();
        (exit, output).ShouldBe((1, ""));
        error.ShouldNotContain("   at ");
        error.Trim().Split('\n')[^1].ShouldContain("This is a demo: its passwords are known to everybody, so it does not listen on");
    }

    [Fact]
    public async Task an_empty_folder_does_not_become_a_demo_that_others_could_reach_and_can_still_be_set_up()
    {
        var folder = Directory.CreateTempSubdirectory("association-listening-").FullName;
        try
        {
            (await OfficeProgram.In(folder).With("ASPNETCORE_URLS", "http://0.0.0.0:0").TryProcessAsync()).Exit.ShouldBe(1);
            (await OfficeProgram.In(folder).TryAsync("--urls", "http://0.0.0.0:0")).Exit.ShouldNotBe(0, "there is no such option");
            var (exit, _, error) = await OfficeProgram.In(folder).TypeAsync(OwnInstallation.Password, [.. OwnInstallation.Words]);
            exit.ShouldBe(0, error);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task a_socket_that_no_setting_names_is_refused_to_a_demo_all_the_same()
    {
        await using var demo = await SharedInstallation.CreateAsync();
        var builder = HostComposition.CreateBuilder();
        builder.Configuration["urls"] = null;
        builder.Configuration["ConnectionStrings:Association"] = demo.ConnectionString;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenAnyIP(0));
        await using var app = builder.Build();

        var invocation = new Invocation(AppContext.BaseDirectory, null, null, Json: false);
        (await Should.ThrowAsync<RefusedException>(OfficeServer.StartAsync(app, invocation, CancellationToken.None))).Message.ShouldContain("This is a demo");
    }

    private static IConfiguration Settings(string name, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(name, (string?)value)]).Build();
}
