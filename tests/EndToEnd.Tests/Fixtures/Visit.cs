using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Association.Testing;
using Microsoft.Playwright;
using Shouldly;

namespace Association.EndToEnd.Tests;

/// <summary>A person at a browser: own cookies, own window. Collects what the browser complains about.</summary>
public sealed class Visit : IAsyncDisposable
{
    public const string Password = "demo-office-2026";

    private static readonly Lazy<string> Axe = new(() =>
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("axe.min.js")!);
        return reader.ReadToEnd();
    });

    private readonly IBrowserContext _context;
    private readonly bool _scripts;
    private readonly List<string> _complaints = [];

    private Visit(IBrowserContext context, IPage page, bool scripts)
    {
        _context = context;
        _scripts = scripts;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Add(message.Text);
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url).Host is not ("127.0.0.1" or "localhost"))
                _complaints.Add($"request to {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console (a refused inline style is one), and requests to other hosts.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Visit> BeginAsync(
        Chromium chromium,
        OfficeHost office,
        int width = 1440,
        int height = 900,
        bool scripts = true,
        ColorScheme theme = ColorScheme.Light,
        string host = "127.0.0.1"
    )
    {
        var context = await chromium.Browser.NewContextAsync(
            new()
            {
                BaseURL = new UriBuilder(office.Address) { Host = host }.ToString(), // passkeys belong to a name, not to an address
                ViewportSize = new() { Width = width, Height = height },
                JavaScriptEnabled = scripts,
                ColorScheme = theme,
                Locale = "de-DE",
                TimezoneId = "Europe/Berlin",
            }
        );
        context.SetDefaultTimeout(45_000); // beside tests that start hosts
        return new Visit(context, await context.NewPageAsync(), scripts);
    }

    /// <summary>Signs in with the demo password and stands on <em>Heute</em>.</summary>
    public async Task SignInAsync(string login, string password = Password)
    {
        await Page.GotoAsync("/sign-in");
        await Page.GetByLabel("Anmeldename").FillAsync(login);
        await Page.GetByLabel("Passwort").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Anmelden", Exact = true }).ClickAsync();
        // The address is asked for again and again: waiting for a state of the page can miss it and then never ends.
        await Expect(Page).Not.ToHaveURLAsync(new Regex("/sign-in"), new() { Timeout = 30_000 });
    }

    /// <summary>Chooses the language as the switch does.</summary>
    public Task SpeakAsync(string language) => Page.GotoAsync($"/language/{language}?back=/office");

    /// <summary>No violation of WCAG 2.2 A and AA.</summary>
    public async Task ShouldBeAccessibleAsync()
    {
        if (!_scripts)
            throw new InvalidOperationException("The page has no scripts: what looks at it would wait for its own timers for ever.");
        await Page.EvaluateAsync($"{Axe.Value}; 0"); // evaluated by the debugger, so the page's policy does not refuse it
        var result = await Page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 200)).slice(0, 4).join(' | ')}`)"
        );
        result.EnumerateArray().Select(v => v.GetString()).ShouldBeEmpty($"at {Page.Url}");
    }

    /// <summary>Nothing scrolls sideways: at 320 px nothing is lost.</summary>
    public async Task ShouldFitAsync()
    {
        var (inner, outer) = (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await Page.EvaluateAsync<int>("window.innerWidth"));
        inner.ShouldBeLessThanOrEqualTo(outer, $"{Page.Url} is wider than its window");
    }

    /// <summary>Loads the page again until it shows what another process or handler does: it does not change by itself.</summary>
    /// <exception cref="TimeoutException">It was not there within a minute.</exception>
    public async Task ReloadUntilAsync(ILocator expected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await expected.CountAsync() == 0)
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"{Page.Url} never showed {expected}.");
            await Task.Delay(200);
            try
            {
                await Page.ReloadAsync();
            }
            catch (PlaywrightException) when (!patience.IsCancellationRequested)
            {
                // The answer to the last click arrived in between: its page is the next to be looked at.
            }
        }
    }

    /// <summary>Writes a picture into artifacts/screenshots, if somebody wants to look at them (<c>./test.sh --pictures EndToEnd</c>).</summary>
    public Task ShootAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("ASSOCIATION_TEST_PICTURES") != "1")
            return Task.CompletedTask;
        var path = Path.Combine(Repository.Root, "artifacts", "screenshots", name + ".png");
        return Page.ScreenshotAsync(
            new()
            {
                Path = path,
                FullPage = true,
                Animations = ScreenshotAnimations.Disabled,
            }
        );
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
