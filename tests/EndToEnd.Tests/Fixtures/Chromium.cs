using Microsoft.Playwright;
using Xunit;

namespace Association.EndToEnd.Tests;

/// <summary>
/// The machine's Chromium, preferably the one without windows, which takes a quarter less processor time. Without one, browser tests skip visibly, and fail
/// where <c>CI=true</c>.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Missing = "Chromium is missing: apt-get install -y chromium-headless-shell";
    private static readonly string? Where = new[] { "/usr/bin/chromium-headless-shell", "/usr/bin/chromium" }.FirstOrDefault(File.Exists);
    private static readonly string[] Quiet =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (Where is null)
            return;
        SetDefaultExpectTimeout(20_000); // what must not be there is asserted after what must: patience costs only what fails
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Where, Args = Quiet });
    }

    /// <summary>The running browser.</summary>
    /// <exception cref="SkipException">There is none, and this is a developer's machine.</exception>
    public IBrowser Browser
    {
        get
        {
            if (_browser is not null)
                return _browser;
            if (Environment.GetEnvironmentVariable("CI") == "true")
                throw new InvalidOperationException(Missing);
            throw new SkipException(Missing);
        }
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
