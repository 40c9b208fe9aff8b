using System.Net;
using System.Text.RegularExpressions;
using Association.Platform.Web.Modules;

namespace Association.Architecture.Tests.Running;

/// <summary>A person without a browser: cookies over plain HTTP, no redirects followed.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _client;

    private Visitor(Uri address) =>
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromMinutes(1),
        };

    /// <summary>Signs in as one of the demo's people; nobody with an empty login.</summary>
    public static async Task<Visitor> BeginAsync(NarrowOffice office, string login)
    {
        var visitor = new Visitor(office.Address);
        if (login.Length == 0)
            return visitor;
        var answer = await visitor.PostAsync(
            "/sign-in",
            new FormUrlEncodedContent([.. await visitor.HiddenAsync("/sign-in"), new("Login", login), new("Password", DemoPeople.Password)])
        );
        return answer.StatusCode == HttpStatusCode.Found ? visitor : throw new InvalidOperationException($"'{login}' could not sign in: {answer.StatusCode}.");
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path);

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content) => _client.PostAsync(path, content);

    public async Task<string> ReadAsync(string path) => await (await GetAsync(path)).Content.ReadAsStringAsync();

    /// <summary>The hidden fields of the first form in the page's own part.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> HiddenAsync(string path)
    {
        var page = await ReadAsync(path);
        var main = page[page.IndexOf("<main", StringComparison.Ordinal)..];
        var form = main[main.IndexOf("<form method=\"post\"", StringComparison.Ordinal)..];
        return
        [
            .. Hidden()
                .Matches(form[..form.IndexOf("</form>", StringComparison.Ordinal)])
                .Select(m => KeyValuePair.Create(m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value))),
        ];
    }

    /// <summary>Where the links of a page lead, within the office.</summary>
    public static IEnumerable<string> Links(string page) => Link().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value));

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Hidden();

    [GeneratedRegex("href=\"(/office[^\"#]*)", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
