using Association.Office.Settings.Changes;
using Association.Office.Settings.Letterhead;
using Association.Office.Settings.Numbers;
using Association.Platform.Data.Migrations;
using Association.Platform.Web.Modules;

namespace Association.Office.Settings;

/// <summary>What the association says of itself and what its office decided. Its tables are the platform's.</summary>
public sealed class SettingsModule : IModule
{
    public const string Read = "settings.read";
    public const string Edit = "settings.edit";
    public const string ProposeBankDetails = "settings.bank-details.propose";
    public const string ConfirmBankDetails = "settings.bank-details.confirm";

    public string Name => "settings";

    public SchemaMigrations? Migrations => null;

    public IReadOnlyList<MenuEntry> Menu => [new MenuEntry("Menu.Settings", SettingsUrl.Overview, "cog", Read, 905, typeof(SettingsTexts))];

    // Another account is proposed by one of these and confirmed by another. The office, which books money, has no part in it.
    public IReadOnlyList<Permission> Permissions =>
        [
            new(Read, PermissionKind.Read, Roles.Office, Roles.Board, Roles.Administrator),
            new(Edit, PermissionKind.Act, Roles.Administrator),
            new(ProposeBankDetails, PermissionKind.Act, Roles.Board, Roles.Administrator),
            new(ConfirmBankDetails, PermissionKind.Act, Roles.Board, Roles.Administrator),
        ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<SettingsReader>();
        services.AddScoped<SettingsEdits>();
        services.AddScoped<LetterheadSample>();
        services.AddScoped<NumberSeriesInUse>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        LogoEndpoints.Map(routes);
        ColorEndpoint.Map(routes);
    }
}
