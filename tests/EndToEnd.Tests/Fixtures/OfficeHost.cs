using System.Globalization;
using AngleSharp.Dom;
using Association.Host.Installations;
using Association.Host.Startup;
using Association.Office.People.Administration;
using Association.Office.People.Data;
using Association.Office.People.Invitations;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Association.EndToEnd.Tests;

/// <summary>The whole product, composed as it is delivered, on real Kestrel and a database of its own: a demo installation on 23 November 2026.</summary>
public sealed class OfficeHost : IAsyncLifetime
{
    public static readonly DateOnly Today = new(2026, 11, 23);

    // The demo's members take the first start seconds; each office begins on a copy of what it left.
    private static readonly Lazy<Task<TestDatabase>> Seeded = new(SeedAsync);

    private TestDatabase? _database;
    private WebApplication? _app;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    public async Task InitializeAsync()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("de-DE");
        _database = await TestDatabase.CopyOfAsync(await Seeded.Value);
        _app = await OpenAsync(_database);
        Address = new Uri(_app.Urls.First());
    }

    /// <summary>A connection to look at, or prepare, what no page shows.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(_database!.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>
    /// Another administrator, whom the command line let in: releases an invitation to a role that approves, which the one who issued it may not.
    /// </summary>
    public async Task<HttpVisit> SecondAdministratorAsync()
    {
        const string login = "admin2";
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = Actor.System;
        if (await scope.ServiceProvider.GetRequiredService<UserManager<Person>>().FindByNameAsync(login) is null)
        {
            var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
            var invited = await bus.InvokeAsync<IssuedInvitation>(new CreatePerson(login, "Vera Zwei", Roles.Administrator, "de", null));
            await bus.InvokeAsync<Guid>(new AcceptInvitation(invited.Code, Visit.Password));
        }
        return await new HttpVisit(Address).SignInAsync(login);
    }

    /// <summary>The link that the second administrator gets.</summary>
    /// <param name="page">Of the person invited.</param>
    public async Task<string> ReleasedLinkAsync(string page)
    {
        using var second = await SecondAdministratorAsync();
        return Link(await HttpVisit.ReadAsync(await second.SubmitAsync(page, "release")));
    }

    /// <summary>The link that a page shows.</summary>
    public static string Link(IParentNode note) => new Uri(note.QuerySelector("code.typed")!.TextContent).PathAndQuery;

    /// <summary>The page of the person to which a note leads.</summary>
    public static string PersonPage(IParentNode note) =>
        note.QuerySelectorAll("a.btn[href^='/office/people/']").Select(a => a.GetAttribute("href")!).Single(href => Guid.TryParse(href.Split('/')[^1], out _));

    public async Task DisposeAsync()
    {
        if (_app is not null)
            await CloseAsync(_app);
        if (_database is not null)
            await _database.DisposeAsync();
    }

    private static async Task<TestDatabase> SeedAsync()
    {
        var installation = await Hosts.SharedInstallation.NewDatabaseAsync(demoData: "wished");
        await CloseAsync(await OpenAsync(installation));
        return installation;
    }

    private static async Task<WebApplication> OpenAsync(TestDatabase database)
    {
        // Every test signs in from one address.
        var builder = HostComposition.CreateBuilder(
            "--urls=http://127.0.0.1:0",
            "--Limits:SignInsPerMinute=10000",
            $"--ConnectionStrings:Association={database.ConnectionString}"
        );
        builder.Services.Decorate<IMessageBus, AskingBus>();
        var app = builder.Build();
        await OfficeServer.StartAsync(app, new Invocation(AppContext.BaseDirectory, null, Today, Json: false), CancellationToken.None);
        return app;
    }

    private static async Task CloseAsync(WebApplication app)
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class OfficeCollection : ICollectionFixture<OfficeHost>, ICollectionFixture<Chromium>
{
    public const string Name = "office";
}
