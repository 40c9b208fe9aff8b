using System.Net;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Hosts;

/// <summary>What a proxy says of the browser behind it is believed from proxies that were named, and from nobody else.</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task forwarded_headers_count_from_a_named_proxy_only()
    {
        await using var office = await SharedInstallation.CreateAsync();
        var hosts = await Task.WhenAll(
            office.StartAsync(office.Program.With("Limits__SignInsPerMinute", "2").With("Proxy__Trusted", "10.1.0.0/16, 127.0.0.1")),
            office.StartAsync(office.Program.With("Limits__SignInsPerMinute", "2"))
        );
        using var behind = new HttpVisit(hosts[0].Address);
        using var direct = new HttpVisit(hosts[1].Address);

        (await FormCookieAsync(behind)).ShouldContain("secure", Case.Insensitive, "the browser speaks HTTPS with the proxy");
        (await FormCookieAsync(direct)).ShouldNotContain("secure", Case.Insensitive);

        (await AnswersAsync(behind, "203.0.113.1", "203.0.113.1", "203.0.113.1", "203.0.113.2")).ShouldBe(
            [false, false, true, false],
            "each address has its own limit"
        );
        (await AnswersAsync(direct, "203.0.113.1", "203.0.113.1", "203.0.113.2", "203.0.113.3")).ShouldBe(
            [false, false, true, true],
            "nobody gets around the limit by a header"
        );
    }

    [Fact]
    public async Task a_proxy_that_is_no_address_is_refused_with_a_sentence()
    {
        await using var office = await SharedInstallation.CreateAsync();
        var (exit, _, error) = await office.Program.With("Proxy__Trusted", "proxy.example").TryProcessAsync();
        exit.ShouldBe(1);
        error.ShouldContain("Proxy:Trusted has 'proxy.example', which is neither an address");
        error.ShouldNotContain("   at ");
    }

    private static async Task<string> FormCookieAsync(HttpVisit visit)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { { "X-Forwarded-Proto", "https" } } };
        using var answer = await visit.SendAsync(request);
        return answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("association-form", StringComparison.Ordinal));
    }

    /// <summary>Which of these sign-ins, by the addresses they claim to come from, were too many.</summary>
    private static async Task<IReadOnlyList<bool>> AnswersAsync(HttpVisit visit, params string[] addresses)
    {
        var refused = new List<bool>();
        foreach (var address in addresses)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
            {
                Headers = { { "X-Forwarded-For", address } },
                Content = new FormUrlEncodedContent([]),
            };
            using var answer = await visit.SendAsync(request);
            refused.Add(answer.StatusCode == HttpStatusCode.TooManyRequests);
        }
        return refused;
    }
}
