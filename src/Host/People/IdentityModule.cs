using Association.Host.People.Data;
using Association.Host.People.Invitations;
using Association.Host.People.Passkeys;
using Association.Host.People.Permissions;
using Association.Host.People.Sessions;
using Association.Host.People.SignIn;
using Association.Platform.Data;
using Association.Platform.Data.Migrations;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Identity;

namespace Association.Host.People;

/// <summary>Who may sign in, and as what. The host's own part, composed like a module.</summary>
internal sealed class IdentityModule : IModule
{
    public const string ReadPeople = "identity.people.read";
    public const string EditPeople = "identity.people.edit";
    public const string NameDeputies = "identity.deputies.name";
    public const string OwnAccount = "identity.account.edit";

    public string Name => IdentityDb.SchemaName;

    public SchemaMigrations Migrations => new(IdentityDb.SchemaName, typeof(IdentityModule).Assembly, Order: 50, Folder: "Data");

    public IReadOnlyList<MenuEntry> Menu => [new MenuEntry("Menu.People", "/office/people", "people", ReadPeople, 910, typeof(PeopleTexts))];

    public IReadOnlyList<Permission> Permissions =>
    [
        new(ReadPeople, Roles.Administrator),
        new(EditPeople, Roles.Administrator),
        new(NameDeputies, Roles.Board, Roles.Administrator),
        new(OwnAccount, Roles.Office, Roles.Board, Roles.Administrator),
    ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<IdentityDb>();
        services.AddIdentityCore<Person>(options =>
            {
                options.Password.RequiredLength = 12;
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
                options.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_@";
                options.Tokens.AuthenticatorIssuer = "Association";
            })
            .AddUserManager<PeopleManager>()
            .AddUserStore<PersonStore>()
            .AddErrorDescriber<PasswordErrors>()
            .AddDefaultTokenProviders();
        services.AddHttpContextAccessor();
        services.AddSingleton<OwnSession>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<RolePermissions>();
        services.AddSingleton<ActorOfRequest>();
        services.AddScoped<CommandLineSignIn>();
        services.AddScoped<SessionEnd>();
        services.AddScoped<InvitationIssue>();
        services.AddScoped<InvitationUse>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        InvitationLetter.Map(routes);
        PasskeyCeremony.Map(routes);
        AcceptByPasskeyHandler.Map(routes);
    }
}
