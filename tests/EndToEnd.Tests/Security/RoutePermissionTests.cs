using System.Net;
using System.Text.RegularExpressions;
using Association.Platform.Web.Modules;
using Association.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Security;

/// <summary>The office keeps to the rows of the modules' Access.txt; tests/Architecture.Tests sees that every address has one.</summary>
[Collection(OfficeCollection.Name)]
public sealed class RoutePermissionTests(OfficeHost office)
{
    [Theory]
    [InlineData("", ""), InlineData("office", Roles.Office), InlineData("board", Roles.Board), InlineData("admin", Roles.Administrator)]
    public async Task each_role_opens_what_is_its_own_and_nothing_else(string login, string role)
    {
        using var visit = new HttpVisit(office.Address);
        if (login.Length > 0)
            await visit.SignInAsync(login);
        var wrong = new List<string>();
        foreach (var (route, allowed) in AccessTable.Addresses.Where(r => r.Key != "/sign-out"))
        {
            var response = Posted().Contains(route)
                ? await visit.PostAsync(RouteValues.Filled(route), new FormUrlEncodedContent([]))
                : await visit.GetAsync(RouteValues.Filled(route));
            var refused =
                response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized
                || (response.StatusCode == HttpStatusCode.Found && response.Headers.Location!.ToString().Contains("/sign-in?return", StringComparison.Ordinal));
            if (refused == allowed.Contains(role))
                wrong.Add($"{route} answers {(int)response.StatusCode} to '{role}'");
            if ((int)response.StatusCode >= 500)
                wrong.Add($"{route} fails with {(int)response.StatusCode} for '{role}'");
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task signing_out_without_being_there_leads_to_the_sign_in()
    {
        using var visit = new HttpVisit(office.Address);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out");

        (await visit.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    /// <summary>Addresses that take forms only; who may, is told then that the form lacks its token.</summary>
    private HashSet<string> Posted() =>
        [
            .. office
                .Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods: ["POST"] })
                .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')),
        ];
}

/// <summary>Addresses with something in the place of their parameters.</summary>
internal static partial class RouteValues
{
    /// <summary>The address of a record that there is not.</summary>
    public static string Filled(string route) =>
        Parameter()
            .Replace(
                route,
                m =>
                    m.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.CreateVersion7().ToString()
                    : m.Value.Contains("(de|", StringComparison.Ordinal) ? "de"
                    : "1"
            );

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
