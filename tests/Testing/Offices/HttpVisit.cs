using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Association.Platform.Web.Modules;

namespace Association.Testing;

/// <summary>A person without a browser: cookies and forms over plain HTTP, no redirects followed.</summary>
public sealed class HttpVisit : IDisposable
{
    private readonly CookieContainer _cookies;
    private readonly HttpClient _client;

    public HttpVisit(Uri address)
        : this(address, new CookieContainer()) { }

    private HttpVisit(Uri address, CookieContainer cookies)
    {
        _cookies = cookies;
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = address };
    }

    /// <summary>The same browser, whose requests land on another host now.</summary>
    public HttpVisit On(Uri address) => new(address, _cookies);

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request);

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent form) => _client.PostAsync(path, form);

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage response) =>
        new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());

    /// <summary>The page at a path.</summary>
    public async Task<IHtmlDocument> ReadAsync(string path) => await ReadAsync(await GetAsync(path));

    /// <summary>Fills and posts the form of this name, with its hidden fields.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string path, string form, params (string Name, string Value)[] fields) =>
        await PostAsync(path, await FillAsync(path, form, fields));

    /// <summary>Fills the form of this name, with its hidden fields, and does not post it.</summary>
    public async Task<FormUrlEncodedContent> FillAsync(string path, string form, params (string Name, string Value)[] fields) =>
        new([.. await HiddenAsync(path, form), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);

    /// <summary>The hidden fields of the form of this name.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> HiddenAsync(string path, string form)
    {
        var page = await ReadAsync(path);
        var handler =
            page.QuerySelectorAll("input[name=_handler]").OfType<IHtmlInputElement>().FirstOrDefault(i => i.Value == form)
            ?? throw new InvalidOperationException($"{path} has no form '{form}'.");
        return [.. handler.Form!.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Select(i => KeyValuePair.Create(i.Name!, i.Value))];
    }

    /// <summary>Signs in, by default as one of the demo's people.</summary>
    public async Task<HttpVisit> SignInAsync(string login, string password = DemoPeople.Password)
    {
        var response = await SubmitAsync("/sign-in", "sign-in", ("Login", login), ("Password", password));
        if (response.StatusCode != HttpStatusCode.Found)
            throw new InvalidOperationException($"'{login}' could not sign in: {response.StatusCode}.");
        return this;
    }

    public void Dispose() => _client.Dispose();
}
