using Association.Board.Figures;
using Association.Board.Pages;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Board;

/// <summary>The workbook for the board: puts together what the modules contribute, and keeps what was made. It knows no other module: figures and sheets come
/// by contribution points.</summary>
public sealed class BoardModule : IModule
{
    internal const string Read = "board.reports.read";
    internal const string Create = "board.reports.create";

    /// <inheritdoc/>
    public string Name => "board";

    /// <inheritdoc/>
    public IReadOnlyList<MenuEntry> Menu => [new MenuEntry("Menu.Report", BoardUrl.Page, "file", Read, 300, typeof(BoardTexts))];

    /// <inheritdoc/>
    public IReadOnlyList<Permission> Permissions =>
        [new(Read, PermissionKind.Read, Roles.Office, Roles.Board), new(Create, PermissionKind.Act, Roles.Office, Roles.Board)];

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<BoardReader>();
        services.AddScoped<ReportPeriods>();
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes) => BoardReportDownloads.Map(routes);
}
