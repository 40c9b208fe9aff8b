using Association.Platform.Data;
using Association.Platform.Data.Settings;
using Association.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Data;

/// <summary>What the installation itself keeps: its association, its keys.</summary>
public sealed class SettingsTests : IAsyncLifetime
{
    private static readonly AssociationProfile Example = new(
        0, "Beispiel e. V.", "Beispiel", "Gasse 1", "66111", "Saarbrücken", "post@beispiel.example", "1", "beispiel.example", "VR 1", "Vorstand", "1", "Bank", "DE02", "BIC", "DE98");

    private TestOffice _office = null!;

    public async Task InitializeAsync() => _office = await TestOffice.CreateAsync();

    public Task DisposeAsync() => _office.DisposeAsync().AsTask();

    [Fact]
    public async Task every_version_of_the_association_stays_readable()
    {
        var profiles = _office.Services.GetRequiredService<IAssociationProfiles>();
        await Should.ThrowAsync<KeyNotFoundException>(() => profiles.CurrentAsync(CancellationToken.None));
        (await profiles.SaveAsync(Example, CancellationToken.None)).ShouldBe(1);
        (await profiles.SaveAsync(Example with { Street = "Straße 2" }, CancellationToken.None)).ShouldBe(2);

        (await profiles.CurrentAsync(CancellationToken.None)).ShouldBe(Example with { Street = "Straße 2", Version = 2 });
        (await profiles.VersionAsync(1, CancellationToken.None)).ShouldBe(Example with { Version = 1 });
        await Should.ThrowAsync<KeyNotFoundException>(() => profiles.VersionAsync(3, CancellationToken.None));
    }

    [Fact]
    public async Task what_one_host_protected_another_reads()
    {
        var secret = _office.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("geheim");

        var configuration = new ConfigurationManager { ["ConnectionStrings:Association"] = _office.ConnectionString };
        await using var other = new ServiceCollection().AddLogging().AddPlatformData(configuration).BuildServiceProvider();
        other.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(secret).ShouldBe("geheim");
    }
}
