using Association.Office.Contracts;
using Association.Office.People.Attempts;
using Association.Office.People.Data;
using Association.Office.People.Invitations;
using Association.Office.People.Passkeys;
using Association.Office.People.Permissions;
using Association.Office.People.SecondFactors;
using Association.Office.People.Sessions;
using Association.Office.People.SignIn;
using Association.Platform.Data;
using Association.Platform.Data.Migrations;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Identity;

namespace Association.Office.People;

/// <summary>Who may sign in, and as what.</summary>
public sealed class IdentityModule : IModule
{
    public const string ReadPeople = "identity.people.read";
    public const string EditPeople = "identity.people.edit";
    public const string NameDeputies = "identity.deputies.name";
    public const string OwnAccount = "identity.account.edit";

    public string Name => IdentityDb.SchemaName;

    public SchemaMigrations Migrations => new(IdentityDb.SchemaName, typeof(IdentityModule).Assembly, Order: 50, Folder: "People.Data");

    public IReadOnlyList<MenuEntry> Menu => [new MenuEntry("Menu.People", OfficePages.People, "people", ReadPeople, 910, typeof(PeopleTexts))];

    public IReadOnlyList<Permission> Permissions =>
        [
            new(ReadPeople, PermissionKind.Read, Roles.Administrator),
            new(EditPeople, PermissionKind.Act, Roles.Administrator),
            new(NameDeputies, PermissionKind.Act, Roles.Board, Roles.Administrator),
            new(OwnAccount, PermissionKind.Act, Roles.Office, Roles.Board, Roles.Administrator),
        ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<IdentityDb>();
        services
            .AddIdentityCore<Person>(options =>
            {
                options.Password.RequiredLength = 12;
                options.Password.RequireDigit =
                    options.Password.RequireLowercase =
                    options.Password.RequireUppercase =
                    options.Password.RequireNonAlphanumeric =
                        false;
                options.Lockout.MaxFailedAccessAttempts = int.MaxValue; // WrongProofs counts: by address, so that nobody locks somebody else
                options.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_@";
                options.Tokens.AuthenticatorIssuer = "Association";
            })
            .AddUserManager<PeopleManager>()
            .AddUserStore<PersonStore>()
            .AddPasswordValidator<CommonPasswords>()
            .AddErrorDescriber<PasswordErrors>()
            .AddDefaultTokenProviders();
        services.AddSignIn(configuration);
        services.AddHttpContextAccessor();
        services.AddSingleton<OwnSession>();
        services.AddSingleton<CallerAddress>();
        services.AddSingleton<WrongProofs>();
        services.AddScoped<PresentPassword>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<KeptForms>();
        services.AddSingleton<RolePermissions>();
        services.AddSingleton<ApprovingRoles>();
        services.AddSingleton<ActorOfRequest>();
        services.AddScoped<ICommandLineSignIn, CommandLineSignIn>();
        services.AddScoped<SessionEnd>();
        services.AddScoped<AccessNotice>();
        services.AddScoped<InvitationIssue>();
        services.AddScoped<InvitationUse>();
    }

    public void UseGuards(IApplicationBuilder app) => app.UseSecondFactorGate().UseMiddleware<ActorMiddleware>().UseMiddleware<KeptFormMiddleware>();

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapSignIn();
        InvitationLetter.Map(routes);
        PasskeyCeremony.Map(routes);
        AcceptByPasskeyHandler.Map(routes);
    }
}
