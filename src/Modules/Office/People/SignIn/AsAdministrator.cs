using System.Text.Json;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Modules;

namespace Association.Office.People.SignIn;

/// <summary>Whoever sets up an office on its machine has the database anyway: no user is asked for.</summary>
internal static class AsAdministrator
{
    /// <summary>Runs commands of the settings; what they refuse names the fields as the file has them.</summary>
    public static async Task<T> RunAsync<T>(IServiceProvider services, Func<Task<T>> commands)
    {
        var user = services.GetRequiredService<CurrentUser>();
        if (user.Actor.Id is null)
            user.Actor = user.Actor with { Permissions = services.GetRequiredService<PermissionCatalog>().HeldBy(Roles.Administrator) };
        try
        {
            return await commands();
        }
        catch (ProblemsException refused)
        {
            throw new RefusedException(string.Join(' ', refused.Problems.Select(p => p.Field.Length == 0 ? p.Text : $"'{NameOf(p.Field)}': {p.Text}")));
        }
    }

    private static string NameOf(string field) => string.Join('.', field.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
