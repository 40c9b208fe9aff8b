using System.Globalization;
using Association.Office.Operation;
using Association.Office.People;
using Association.Office.Settings;
using Association.Office.Settings.Overview;
using Association.Office.Settings.Profile;
using Association.Office.Today;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace Association.Office.Tests.Settings;

/// <summary>An office with the demo's association, people who act, and nothing running in the background.</summary>
internal sealed class SettingsOffice : IAsyncDisposable
{
    private SettingsOffice(TestOffice office) => Office = office;

    public TestOffice Office { get; }

    public static Task<SettingsOffice> OpenAsync(AssociationProfile? profile = null)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-DE"); // before anything asynchronous: the caller keeps it
        return CreateAsync(profile ?? FirstProfiles.Demo);
    }

    private static async Task<SettingsOffice> CreateAsync(AssociationProfile profile)
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
            },
            new IdentityModule(),
            new SettingsModule(),
            new OperationModule(),
            new TodayModule()
        );
        await office.Services.GetRequiredService<IAssociationProfiles>().SaveAsync(profile, CancellationToken.None);
        return new SettingsOffice(office);
    }

    public Task InvokeAsync(string who, object command) => Office.As(who).Bus.InvokeAsync(command);

    public Task<T> InvokeAsync<T>(string who, object command) => Office.As(who).Bus.InvokeAsync<T>(command);

    public async Task<IReadOnlyList<Problem>> ProblemsAsync(string who, object command) =>
        (await Should.ThrowAsync<ProblemsException>(() => InvokeAsync(who, command))).Problems;

    public Task<SettingsView> ReadAsync() => Office.As(Roles.Administrator).Bus.QueryAsync(new ReadSettings());

    public async Task<IReadOnlyList<TodayRow>> TodayAsync(string who)
    {
        var scope = Office.As(who);
        return await scope
            .Services.GetServices<ITodayTask>()
            .OfType<SettingsTask>()
            .Single()
            .FindAsync(scope.Services.GetRequiredService<CurrentUser>().Actor, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Office.DisposeAsync();
}
