using Association.Office.Contracts;
using Association.Office.Today.Counting;
using Association.Office.Today.Digests;
using Association.Platform.Data.Migrations;
using Association.Platform.Web;
using Association.Platform.Web.Modules;

namespace Association.Office.Today;

/// <summary>The page that says what is due. What is due the modules contribute; who takes it and when is kept here.</summary>
public sealed class TodayModule : IModule
{
    public const string ReadTasks = "today.tasks.read";
    public const string ArrangeTasks = "today.tasks.arrange";

    public string Name => "today";

    public SchemaMigrations Migrations => new(Name, typeof(TodayModule).Assembly, Order: 70, Folder: "Today");

    public IReadOnlyList<MenuEntry> Menu => []; // the shell has it first, for everybody

    public IReadOnlyList<Permission> Permissions =>
        [
            new(ReadTasks, PermissionKind.Read, Roles.Office, Roles.Board, Roles.Administrator),
            new(ArrangeTasks, PermissionKind.Act, Roles.Office, Roles.Board, Roles.Administrator),
        ];

    public IReadOnlyList<JobDeclaration> Jobs => [MailDigests.Job];

    public void UseGuards(IApplicationBuilder app) => app.UseMiddleware<RecountAfterForms>();

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<TodayTasks>();
        services.AddSingleton<DigestDays>();
        services.AddSingleton(new PublicAddress(configuration));
        services.AddSingleton<OpenTasks>().AddSingleton<IOpenTasks>(provider => provider.GetRequiredService<OpenTasks>());
        services.AddSingleton<Recounts>().AddHostedService(provider => provider.GetRequiredService<Recounts>());
    }
}
