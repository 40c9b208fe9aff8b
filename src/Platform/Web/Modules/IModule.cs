using System.Reflection;
using Association.Platform.Data.Migrations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Platform.Web.Modules;

/// <summary>The front door of a module: all that the Host knows of it.</summary>
public interface IModule
{
    /// <summary>Stable, lower case: <c>membership</c>. Also the PostgreSQL schema and the start of permission and message names.</summary>
    string Name { get; }

    /// <summary>The assembly with the module's pages, handlers and contributions.</summary>
    Assembly Assembly => GetType().Assembly;

    /// <summary>The module's schema and its SQL files; null when it works on the platform's.</summary>
    SchemaMigrations? Migrations => new(Name, Assembly);

    /// <summary>Entries of the office menu.</summary>
    IReadOnlyList<MenuEntry> Menu { get; }

    /// <summary>Entries of the menu <em>Neu</em> at the top of every page.</summary>
    IReadOnlyList<MenuEntry> New => [];

    /// <summary>Every permission that the module's commands, queries and pages name, with the roles that hold it from the start.</summary>
    IReadOnlyList<Permission> Permissions { get; }

    /// <summary>What the module does by the calendar.</summary>
    IReadOnlyList<JobDeclaration> Jobs => [];

    /// <summary>Registers what the module needs beyond its handlers and contributions, which are found by scanning.</summary>
    void AddServices(IServiceCollection services, IConfiguration configuration);

    /// <summary>What stands between the sign-in and the pages, for every request: who acts, and what is still missing.</summary>
    void UseGuards(IApplicationBuilder app) { }

    /// <summary>Maps the module's downloads and uploads; its pages are found by scanning.</summary>
    /// <param name="routes">Endpoints without <see cref="Security.RequirePermissionAttribute"/> are open to everybody who is signed in.</param>
    void MapEndpoints(IEndpointRouteBuilder routes) { }
}

/// <summary>A permission and who has it on a new installation.</summary>
/// <param name="Name"><c>module.thing.verb</c>; what commands, queries and pages name.</param>
/// <param name="Kind">What it lets somebody do.</param>
/// <param name="Roles">Names of <see cref="Roles"/>.</param>
public sealed record Permission(string Name, PermissionKind Kind, params string[] Roles);

/// <summary>What a permission lets somebody do.</summary>
public enum PermissionKind
{
    /// <summary>Look; nothing changes. Also at the command line, on the machine itself, without signing in.</summary>
    Read,

    /// <summary>Do something.</summary>
    Act,

    /// <summary>Sign as the second person what somebody else prepared. A deputy of the board may; who may wants a second factor.</summary>
    Approve,
}

/// <summary>The roles of an office.</summary>
public static class Roles
{
    /// <summary>Geschäftsstelle.</summary>
    public const string Office = "office";

    /// <summary>Vorstand: reads, and approves what costs or collects money.</summary>
    public const string Board = "board";

    /// <summary>Systemverwaltung: people, settings, messages; neither members' data nor money.</summary>
    public const string Administrator = "administrator";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Office, Board, Administrator];
}

/// <summary>An entry of the office menu.</summary>
/// <param name="TextKey">Key in the module's texts.</param>
/// <param name="Href">Path, such as <c>/office/members</c>.</param>
/// <param name="Icon">Symbol of the sprite, without <c>i-</c>.</param>
/// <param name="Permission">Who sees it.</param>
/// <param name="Order">Position; a hundred steps a module.</param>
/// <param name="Texts">The module's text marker class, for <c>IStringLocalizer</c>.</param>
/// <param name="Children">Entries below it, shown while one of them is open.</param>
public sealed record MenuEntry(string TextKey, string Href, string Icon, string Permission, int Order, Type Texts, params MenuEntry[] Children);
