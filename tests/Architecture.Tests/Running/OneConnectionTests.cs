using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Association.Platform.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Running;
using Association.Platform.Messaging.Storing;
using Association.Platform.Web.Modules;
using Association.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests.Running;

/// <summary>No code path holds a connection while it asks for a second one (record 30): everything works with a pool of one.</summary>
[Collection(NarrowCollection.Name)]
public sealed partial class OneConnectionTests(NarrowOffice office)
{
    [Fact]
    public async Task a_second_connection_is_found()
    {
        var pool = office.Services.GetRequiredService<NpgsqlDataSource>();
        await using var first = await pool.OpenConnectionAsync();

        var refused = await Should.ThrowAsync<NpgsqlException>(async () => await pool.OpenConnectionAsync());

        NarrowOffice.IsSecondConnection(refused).ShouldBeTrue();
    }

    [Fact]
    public async Task every_query_is_answered_on_one_connection() =>
        (
            await SecondConnectionsAsync(
                h => h.Message.Kind == MessageKind.Query,
                (runner, handler, message) => runner.AskAsync(handler, message, ByTheSystem(), default)
            )
        ).ShouldBeEmpty();

    [Fact]
    public async Task every_command_and_every_event_is_handled_on_one_connection() =>
        (
            await SecondConnectionsAsync(
                h => h.Message.Kind != MessageKind.Query,
                (runner, handler, message) => runner.InvokeAsync(handler, message, ByTheSystem(), null, answer => answer, default)
            )
        ).ShouldBeEmpty();

    [Theory]
    [InlineData("office"), InlineData("board"), InlineData("admin")]
    public async Task every_page_and_place_that_a_link_leads_to_is_there_and_open_to_whom_it_is_shown_and_drawn_on_one_connection(string login)
    {
        using var visitor = await office.VisitAsync(login);
        var (open, seen, wrong) = (new Queue<string>(["/office"]), new HashSet<string>(StringComparer.Ordinal), new List<string>());
        while (open.TryDequeue(out var link))
        {
            if (!seen.Add(Shape(link)))
                continue;
            var (path, place) = link.Split('#') is [var page, var part] ? (page, part) : (link, null);
            var answer = await visitor.GetAsync(path);
            if ((int)answer.StatusCode >= 400)
                wrong.Add($"{path} answers {(int)answer.StatusCode}");
            if (answer.Content.Headers.ContentType?.MediaType != "text/html" || answer.StatusCode != System.Net.HttpStatusCode.OK)
                continue;
            var read = await HttpVisit.ReadAsync(answer);
            if (place is not null && read.GetElementById(place) is null)
                wrong.Add($"{link} leads to a place that is not on the page");
            foreach (var next in read.QuerySelectorAll("a[href^='/office']"))
                open.Enqueue(next.GetAttribute("href")!);
        }

        seen.Count.ShouldBeGreaterThan(20);
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(""), InlineData("office"), InlineData("board"), InlineData("admin")]
    public async Task every_address_is_answered_on_one_connection(string login)
    {
        using var visitor = await office.VisitAsync(login);
        var posted = office
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods: ["POST"] })
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .ToHashSet(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var route in AccessTable.Addresses.Keys.Where(r => r != "/sign-out"))
        {
            var path = Filled(route);
            var answer = posted.Contains(route) ? await visitor.PostAsync(path, new FormUrlEncodedContent([])) : await visitor.GetAsync(path);
            if ((int)answer.StatusCode >= 500)
                wrong.Add($"{route} answers {(int)answer.StatusCode}");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task who_asks_within_a_handler_gets_the_connection_of_its_transaction()
    {
        var database = office.Services.GetRequiredService<OfficeDatabase>();
        await using var outer = await database.OpenConnectionAsync();
        await using var transaction = await outer.BeginTransactionAsync();
        await using (var write = new NpgsqlCommand("create temporary table seen (id int) on commit drop", outer))
            await write.ExecuteNonQueryAsync();

        await using (var inner = await database.OpenConnectionAsync())
        await using (var read = new NpgsqlCommand("select count(*) from seen", inner))
            (await read.ExecuteScalarAsync()).ShouldBe(0L);

        await transaction.RollbackAsync();
        outer.State.ShouldBe(System.Data.ConnectionState.Open);
    }

    [Fact]
    public async Task parts_of_a_request_that_run_beside_each_other_take_turns()
    {
        var database = office.Services.GetRequiredService<OfficeDatabase>();
        database.TakeTurns();
        var (now, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReadAsync()));

        most.ShouldBe(1);

        async Task ReadAsync()
        {
            await using var connection = await database.OpenConnectionAsync();
            most = Math.Max(most, Interlocked.Increment(ref now));
            await using var slow = new NpgsqlCommand("select pg_sleep(0.01)", connection);
            await slow.ExecuteNonQueryAsync();
            Interlocked.Decrement(ref now);
        }
    }

    private async Task<IReadOnlyList<string>> SecondConnectionsAsync(
        Func<HandlerDefinition, bool> wanted,
        Func<HandlerRunner, HandlerDefinition, object, Task> run
    )
    {
        var (model, runner) = (office.Services.GetRequiredService<MessagingModel>(), office.Services.GetRequiredService<HandlerRunner>());
        var (wrong, tried) = (new List<string>(), 0);
        foreach (var handler in model.Handlers.Where(wanted))
        {
            if (Sample.Of(handler.Message.Type) is not { } message)
                continue;
            tried++;
            try
            {
                await run(runner, handler, message);
            }
            catch (Exception e)
            {
                if (NarrowOffice.IsSecondConnection(e))
                    wrong.Add($"{handler.HandlerType.Name} asks for a second connection: {e}");
            }
        }
        tried.ShouldBeGreaterThan(50);
        return wrong;
    }

    private static Origin ByTheSystem() => new(Guid.CreateVersion7(), null, Actor.System, null);

    // One of a kind: /office/members/{}/duties, whichever member it is.
    private static string Shape(string link)
    {
        var (path, place) = link.Split('#') is [var page, var part] ? (page, "#" + part) : (link, "");
        return Part().Replace(path.Split('?')[0], "{}") + (path.Contains('?', StringComparison.Ordinal) ? "?" : "") + place;
    }

    private static string Filled(string route) =>
        Parameter().Replace(route, m => m.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.CreateVersion7().ToString() : "1");

    [GeneratedRegex(@"[^/]*\d[^/]*", RegexOptions.NonBacktracking)]
    private static partial Regex Part();

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
