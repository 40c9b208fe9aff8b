using Association.Platform.Data;
using Association.Platform.Data.Settings;
using Association.Testing;
using Dapper;
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
        0,
        "Beispiel e. V.",
        "Beispiel",
        "Gasse 1",
        "66111",
        "Saarbrücken",
        "post@beispiel.example",
        "1",
        "beispiel.example",
        "VR 1",
        "Vorstand",
        "1",
        "Bank",
        "DE02",
        "BIC",
        "DE98"
    );

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
    public async Task the_first_account_may_be_entered_and_another_one_needs_a_second_person()
    {
        var profiles = _office.Services.GetRequiredService<IAssociationProfiles>();
        await profiles.SaveAsync(Example with { Iban = "", CreditorId = "" }, CancellationToken.None);
        await profiles.SaveAsync(Example, CancellationToken.None);

        (await RefusalAsync(() => profiles.SaveAsync(Example with { Iban = "DE03" }, CancellationToken.None))).ShouldBe("AS003");
        (await RefusalAsync(() => profiles.SaveAsync(Example with { CreditorId = "" }, CancellationToken.None))).ShouldBe("AS003", "nor taken away");
        (
            await RefusalAsync(() =>
                ExecuteAsync(
                    Anna,
                    $"insert into platform.association_profile (version, profile) select 3, profile || '{{\"Iban\": \"DE03\"}}' from platform.association_profile where version = 2"
                )
            )
        ).ShouldBe("AS003", "nor by hand");
    }

    [Fact]
    public async Task who_proposes_an_account_never_confirms_it_and_a_confirmation_counts_once()
    {
        var profiles = _office.Services.GetRequiredService<IAssociationProfiles>();
        await profiles.SaveAsync(Example, CancellationToken.None);
        var change = Guid.CreateVersion7();
        await ExecuteAsync(
            Anna,
            $"insert into platform.bank_details_change (id, bank_name, iban, bic, creditor_id, reason, proposed_by) values ('{change}', 'Bank', 'DE03', 'BIC', 'DE98', 'Bankwechsel', 'Nora Groß')"
        );

        (await RefusalAsync(() => ExecuteAsync(Anna, $"update platform.bank_details_change set state = 'confirmed' where id = '{change}'"))).ShouldBe(
            PostgresErrorCodes.CheckViolation
        );
        (await RefusalAsync(() => ExecuteAsync(Anna, $"update platform.bank_details_change set iban = 'DE04' where id = '{change}'"))).ShouldBe("AS001");
        (await RefusalAsync(() => SaveAsync(change))).ShouldBe("AS003", "not confirmed yet");
        await ExecuteAsync(Nora, $"update platform.bank_details_change set state = 'confirmed' where id = '{change}'");
        (await SaveAsync(change)).ShouldBe(2);
        (
            await RefusalAsync(() =>
                ExecuteAsync(
                    Nora,
                    $"insert into platform.association_profile (version, profile, bank_details_change) select 3, profile, '{change}' from platform.association_profile where version = 2"
                )
            )
        ).ShouldBe(PostgresErrorCodes.UniqueViolation, "used once");
        (await RefusalAsync(() => ExecuteAsync(Nora, $"update platform.bank_details_change set state = 'withdrawn' where id = '{change}'"))).ShouldBe(
            "AS001",
            "decided once"
        );

        async Task<int?> SaveAsync(Guid by)
        {
            await using var connection = await _office.Database.OpenConnectionAsync();
            return await profiles.SaveAsync(connection, Example with { Version = 1, Iban = "DE03" }, by, CancellationToken.None);
        }
    }

    private static readonly (Guid Id, string Name) Anna = (new("0190a0c0-0000-7000-8000-000000000001"), "Anna Dörr");

    private static readonly (Guid Id, string Name) Nora = (new("0190a0c0-0000-7000-8000-000000000003"), "Dr. Nora Groß");

    private async Task ExecuteAsync((Guid Id, string Name) person, string sql)
    {
        await using var connection = await _office.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            "select set_config('association.user_id', @Id, true), set_config('association.user_name', @Name, true)",
            new { Id = person.Id.ToString(), person.Name },
            transaction
        );
        await connection.ExecuteAsync(sql, transaction: transaction);
        await transaction.CommitAsync();
    }

    private static async Task<string> RefusalAsync(Func<Task> act) => (await Should.ThrowAsync<PostgresException>(act)).SqlState;

    [Fact]
    public async Task what_one_host_protected_another_reads()
    {
        var secret = _office.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("geheim");

        var configuration = new ConfigurationManager { ["ConnectionStrings:Association"] = _office.ConnectionString };
        await using var other = new ServiceCollection().AddLogging().AddPlatformData(configuration).BuildServiceProvider();
        other.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(secret).ShouldBe("geheim");
    }
}
