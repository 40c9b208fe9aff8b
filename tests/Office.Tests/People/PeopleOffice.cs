using System.Net;
using Association.Office.Operation;
using Association.Office.People;
using Association.Office.People.Data;
using Association.Office.Settings;
using Association.Office.Settings.Profile;
using Association.Office.Today;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace Association.Office.Tests.People;

/// <summary>An installation of one's own whose people are the four of the demo, with a password of their own; nothing runs in the background.</summary>
internal sealed class PeopleOffice : IAsyncDisposable
{
    public const string Password = "Kartoffelsuppe mit Speck";

    private PeopleOffice(TestOffice office) => Office = office;

    public TestOffice Office { get; }

    public static async Task<PeopleOffice> OpenAsync(string kind = "own", Action<IServiceCollection>? configure = null)
    {
        var office = await TestOffice.CreateAsync(
            services =>
            {
                foreach (
                    var background in services
                        .Where(s =>
                            s.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService)
                            && s.ImplementationType?.Assembly == typeof(OperationModule).Assembly
                        )
                        .ToList()
                )
                    services.Remove(background);
                configure?.Invoke(services);
            },
            new IdentityModule(),
            new SettingsModule(),
            new OperationModule(),
            new TodayModule(),
            new SigningModule()
        );
        await office.Services.GetRequiredService<IAssociationProfiles>().SaveAsync(FirstProfiles.Demo, CancellationToken.None);
        var opened = new PeopleOffice(office);
        await opened.ExecuteAsync("insert into platform.installation (kind, demo_data, initialised_at) values (@kind, 'none', now())", new { kind });
        foreach (var demo in DemoPeople.All)
            await opened.AddAsync(demo.Id.Value, demo.Login, demo.Name, demo.Role);
        return opened;
    }

    /// <summary>Somebody who has signed in before, by nobody else's doing.</summary>
    public async Task AddAsync(Guid id, string login, string name, string role)
    {
        await using var scope = Office.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var added = await people.CreateAsync(
            new Person
            {
                Id = id,
                UserName = login,
                DisplayName = name,
                Role = role,
            },
            Password
        );
        added.Succeeded.ShouldBeTrue(string.Join(' ', added.Errors.Select(e => e.Description)));
    }

    /// <summary>What follows comes from this address; null: from the command line.</summary>
    public void ComeFrom(string? address) =>
        Office.Services.GetRequiredService<IHttpContextAccessor>().HttpContext = address is null
            ? null
            : new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

    public Task InvokeAsync(string who, object command) => Office.As(who).Bus.InvokeAsync(command);

    public Task<T> InvokeAsync<T>(string who, object command) => Office.As(who).Bus.InvokeAsync<T>(command);

    public async Task<IReadOnlyList<Problem>> ProblemsAsync(string who, object command) =>
        (await Should.ThrowAsync<ProblemsException>(() => InvokeAsync(who, command))).Problems;

    public async Task<T> ReadAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Office.Database.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await Office.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    public static Guid IdOf(string login) => DemoPeople.All.Single(p => p.Login == login).Id.Value;

    public ValueTask DisposeAsync() => Office.DisposeAsync();
}

/// <summary>Something that is approved by a second person; what it is does not matter here.</summary>
internal sealed class SigningModule : IModule
{
    public const string Approve = "trial.approve";

    public string Name => "trial";

    public System.Reflection.Assembly Assembly => typeof(IdentityModule).Assembly;

    public Platform.Data.Migrations.SchemaMigrations? Migrations => null;

    public IReadOnlyList<MenuEntry> Menu => [];

    public IReadOnlyList<Permission> Permissions => [new(Approve, PermissionKind.Approve, Roles.Office, Roles.Board)];

    public void AddServices(IServiceCollection services, Microsoft.Extensions.Configuration.IConfiguration configuration) { }
}
