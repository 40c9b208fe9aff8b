using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Shouldly;

namespace Association.Architecture.Tests.NewModule;

/// <summary>An office that listens, and a person without a browser.</summary>
internal sealed partial class OpenOffice(Process process, Uri address) : IAsyncDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>Fills the form of the sign-in, with its hidden fields.</summary>
    public async Task SignInAsync(string login, string password)
    {
        var page = await _client.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        var form = page.Split("<form").Single(part => part.Contains("value=\"sign-in\"", StringComparison.Ordinal));
        var fields = Input()
            .Matches(form[..form.IndexOf("</form>", StringComparison.Ordinal)])
            .Where(input => Attribute(input.Value, "type") == "hidden")
            .Select(input => KeyValuePair.Create(Attribute(input.Value, "name"), Attribute(input.Value, "value")));
        using var content = new FormUrlEncodedContent([.. fields, KeyValuePair.Create("Login", login), KeyValuePair.Create("Password", password)]);
        (await _client.PostAsync(new Uri("/sign-in", UriKind.Relative), content)).StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    /// <summary>Ctrl-C: the office and its database end.</summary>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string Attribute(string input, string name) =>
        WebUtility.HtmlDecode(Regex.Match(input, $"\\b{name}=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value);

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Input();
}
