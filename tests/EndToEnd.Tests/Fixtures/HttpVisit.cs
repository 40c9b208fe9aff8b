using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Association.EndToEnd.Tests;

/// <summary>A person without a browser: cookies and forms over plain HTTP, no redirects followed.</summary>
public sealed class HttpVisit : IDisposable
{
    private readonly HttpClient _client;

    public HttpVisit(OfficeHost office) =>
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = office.Address };

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request);

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage response) => new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());

    /// <summary>Fills and posts the form of this name, with its hidden fields.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string path, string form, params (string Name, string Value)[] fields)
    {
        var page = await ReadAsync(await GetAsync(path));
        var handler = page.QuerySelectorAll("input[name=_handler]").OfType<IHtmlInputElement>().FirstOrDefault(i => i.Value == form)
            ?? throw new InvalidOperationException($"{path} has no form '{form}'.");
        var values = handler.Form!.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Select(i => KeyValuePair.Create(i.Name!, i.Value))
            .Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await _client.PostAsync(path, new FormUrlEncodedContent(values));
    }

    public async Task<HttpVisit> SignInAsync(string login, string password = Visit.Password)
    {
        var response = await SubmitAsync("/sign-in", "sign-in", ("Login", login), ("Password", password));
        if (response.StatusCode != HttpStatusCode.Found) throw new InvalidOperationException($"'{login}' could not sign in: {response.StatusCode}.");
        return this;
    }

    public void Dispose() => _client.Dispose();
}
