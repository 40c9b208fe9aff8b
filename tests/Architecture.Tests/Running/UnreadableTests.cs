using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Association.Platform.Web.Modules;
using Association.Testing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests.Running;

/// <summary>What nobody can read, and what is not there, ends as 400, 404 or as if it had not been said; never as a fault of the program.</summary>
[Collection(NarrowCollection.Name)]
public sealed partial class UnreadableTests(NarrowOffice office)
{
    // Names that lists and downloads read by themselves; those of pages are found at the pages.
    private static readonly string[] OfLists =
    [
        "q",
        "sort",
        "after",
        "before",
        "size",
        "columns",
        "category",
        "state",
        "age",
        "route",
        "from",
        "to",
        "year",
        "back",
        "return",
    ];

    private static readonly string[] Values =
    [
        "%00",
        "x",
        "-1",
        "99999999999999999999",
        "1.5",
        "%D9%A3", // an Arabic three
        "%FF%FE",
        "0001-01-01",
        "9999-12-31",
        "99999-99-99",
        "%E2%80%AE%F0%9F%98%80",
        "%27%22%3C%25%5C",
        "%01%1F%7F%C2%85%E2%80%A8", // characters that nobody sees
        "%ED%A0%80", // half of a character
        "%CC%88", // a mark without its letter
    ];

    // An address may have 8 KB: all names at once with so many characters each, and every text alone with as many as fit.
    private const int LongForEach = 300;
    private const int LongForOne = 7_500;

    [Theory]
    [InlineData("", ""), InlineData("office", Roles.Office), InlineData("board", Roles.Board), InlineData("admin", Roles.Administrator)]
    public async Task a_value_of_an_address_that_cannot_be_read_is_no_fault_of_the_program(string login, string role)
    {
        using var visitor = await office.VisitAsync(login);
        var wrong = new List<string>();
        foreach (var (path, endpoint) in OpenedBy(role))
        {
            var (texts, others) = NamesOf(endpoint);
            foreach (var value in Values)
            foreach (var names in others.Select(name => new[] { name }).Append([.. texts.Union(OfLists)]))
            {
                var address = path + "?" + string.Join('&', names.Select(name => $"{name}={value}"));
                var answer = await visitor.GetAsync(address);
                if ((int)answer.StatusCode >= 500)
                    wrong.Add($"{address} answers {(int)answer.StatusCode}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", ""), InlineData("office", Roles.Office), InlineData("board", Roles.Board), InlineData("admin", Roles.Administrator)]
    public async Task a_value_of_an_address_that_does_not_end_is_no_fault_of_the_program(string login, string role)
    {
        using var visitor = await office.VisitAsync(login);
        var wrong = new List<string>();
        foreach (var (path, endpoint) in OpenedBy(role))
        {
            string[] texts = [.. NamesOf(endpoint).Texts.Union(OfLists)];
            var addresses = texts
                .Select(name => $"{name}={new string('ä', LongForOne / 6)}")
                .Prepend(string.Join('&', texts.Select(n => $"{n}={new string('x', LongForEach)}")));
            foreach (var values in addresses)
            {
                var answer = await visitor.GetAsync($"{path}?{values}");
                if ((int)answer.StatusCode >= 500)
                    wrong.Add($"{path}?{values[..20]}… answers {(int)answer.StatusCode}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task an_address_that_is_longer_than_any_is_refused()
    {
        using var visitor = await office.VisitAsync("office");

        (await visitor.GetAsync($"/office/members?q={new string('x', 10_000)}")).StatusCode.ShouldBe(HttpStatusCode.RequestUriTooLong);
    }

    [Theory]
    [InlineData("/office/members?q=%00")]
    [InlineData("/office/search?q=a%00b")]
    [InlineData("/office/members/5001/references?year=heuer")]
    [InlineData("/sign-in?return=%00")]
    public async Task what_cannot_be_read_is_refused(string address)
    {
        using var visitor = await office.VisitAsync("office");

        var answer = await visitor.GetAsync(address);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Drawn(await answer.Content.ReadAsStringAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("liste.csv", HttpStatusCode.OK)]
    [InlineData("li%00ste.csv", HttpStatusCode.BadRequest)]
    [InlineData("%00", HttpStatusCode.BadRequest)]
    public async Task a_file_whose_name_holds_nul_is_refused(string name, HttpStatusCode expected)
    {
        using var visitor = await office.VisitAsync("office");
        using var form = new MultipartFormDataContent();
        foreach (var (field, value) in await visitor.HiddenAsync("/office/members/import", "upload"))
            form.Add(new StringContent(value), field);
        var file = new ByteArrayContent([1, 2, 3]);
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"File\"; filename=\"x.csv\"; filename*=UTF-8''{name}");
        form.Add(file);

        (await visitor.PostAsync("/office/members/import", form)).StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task a_field_that_holds_nul_is_refused()
    {
        using var visitor = await office.VisitAsync("");
        var fields = (await visitor.HiddenAsync("/sign-in", "sign-in")).Append(new("Login", "off\0ice")).Append(new("Password", "x"));

        (await visitor.PostAsync("/sign-in", new FormUrlEncodedContent(fields))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task a_form_that_was_cut_off_is_refused()
    {
        using var visitor = await office.VisitAsync("office");
        using var cut = new ByteArrayContent("--edge\r\nContent-Disposition: form-data; name=\"File\"; filename=\"a.csv\"\r\n\r\nabc"u8.ToArray());
        cut.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=edge");

        (await visitor.PostAsync("/office/members/import", cut)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("", "/language/fr?back=/b%C3%BCro")]
    [InlineData("office", "/sign-in?return=/b%C3%BCro")]
    public async Task the_way_back_may_be_written_with_umlauts(string login, string address)
    {
        using var visitor = await office.VisitAsync(login);

        var answer = await visitor.GetAsync(address);

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldEndWith("/b%C3%BCro");
    }

    [Fact]
    public async Task a_record_that_is_not_there_is_a_page_that_says_so_drawn_once()
    {
        using var visitor = await office.VisitAsync("office");
        var missing = Opened()
            .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && e.RoutePattern.Parameters.Count > 0)
            .Select(e => Filled(RouteOf(e)))
            .ToList();

        var answers = new List<(string Path, HttpStatusCode Status, string Page)>();
        foreach (var some in missing.SelectMany(path => Enumerable.Repeat(path, 6)).Chunk(6)) // as many at once as share the connection within its patience
            answers.AddRange(
                await Task.WhenAll(
                    some.Select(async path =>
                    {
                        var answer = await visitor.GetAsync(path);
                        return (path, answer.StatusCode, await answer.Content.ReadAsStringAsync());
                    })
                )
            );

        missing.Count.ShouldBeGreaterThan(20);
        answers.Count(a => a.Status == HttpStatusCode.NotFound).ShouldBeGreaterThan(100);
        answers
            .Where(a => (int)a.Status >= 500 || (a.Status == HttpStatusCode.NotFound && Drawn(a.Page) != 1))
            .Select(a => $"{a.Path} {a.Status}")
            .ShouldBeEmpty();
    }

    private IEnumerable<RouteEndpoint> Opened() =>
        office
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => AccessTable.Addresses.ContainsKey(RouteOf(e)))
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>() is not { HttpMethods: ["POST"] });

    // Each address once: by the first of the roles that open it.
    private IEnumerable<(string Path, RouteEndpoint Endpoint)> OpenedBy(string role) =>
        Opened().Where(e => AccessTable.Addresses[RouteOf(e)].FirstOrDefault() == role).Select(e => (Filled(RouteOf(e)), e));

    private static string RouteOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    // What the page of an address takes from it: words, and what is more than words.
    private static (string[] Texts, string[] Others) NamesOf(RouteEndpoint endpoint)
    {
        var properties = new List<(string Name, Type Type)>();
        for (var type = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type; type is not null; type = type.BaseType)
            properties.AddRange(
                type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                    .Where(p => p.IsDefined(typeof(SupplyParameterFromQueryAttribute)))
                    .Select(p => (p.GetCustomAttribute<SupplyParameterFromQueryAttribute>()!.Name ?? p.Name, p.PropertyType))
            );
        var texts = properties.Where(p => p.Type == typeof(string) || p.Type == typeof(string[])).Select(p => p.Name).ToArray();
        return (texts, [.. properties.Select(p => p.Name).Except(texts)]);
    }

    private static string Filled(string route) =>
        Parameter().Replace(route, m => m.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.CreateVersion7().ToString() : "1");

    private static int Drawn(string page) => Frame().Count(page);

    [GeneratedRegex("<main ", RegexOptions.NonBacktracking)]
    private static partial Regex Frame();

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
