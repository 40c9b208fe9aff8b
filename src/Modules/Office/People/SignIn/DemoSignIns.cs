using Association.Office.People.Data;
using Association.Platform.Data;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.AspNetCore.Identity;

namespace Association.Office.People.SignIn;

/// <summary>The people of a demo installation, with a password that everybody knows. Elsewhere it adds nobody.</summary>
internal sealed class DemoSignIns(UserManager<Person> people, OfficeDatabase database) : IInitialData
{
    public int Order => 50;

    public async Task SeedAsync(CancellationToken ct)
    {
        if (!await IsDemoAsync(ct))
            return;
        foreach (var demo in DemoPeople.All)
        {
            if (await people.FindByIdAsync(demo.Id.Value.ToString()) is not null)
                continue;
            var person = new Person
            {
                Id = demo.Id.Value,
                UserName = demo.Login,
                DisplayName = demo.Name,
                Role = demo.Role,
            };
            var result = await people.CreateAsync(person, DemoPeople.Password);
            if (!result.Succeeded)
                throw new InvalidOperationException(
                    $"The demo person '{demo.Login}' could not be added: {string.Join(", ", result.Errors.Select(e => e.Code))}."
                );
        }
    }

    private async Task<bool> IsDemoAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("select exists (select from platform.installation where kind = 'demo')", cancellationToken: ct)
        );
    }
}
