using Association.Platform.Messaging;
using Association.Platform.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Web;

/// <summary>What a page asks the bus ends with the page, and no page has to say so; what it writes does not.</summary>
public sealed class RequestBusTests
{
    private readonly RecordingBus _inner = new();

    [Fact]
    public async Task what_a_page_asks_ends_with_its_request()
    {
        using var request = new CancellationTokenSource();

        await BusOf(request.Token).QueryAsync(new Question());

        _inner.Tokens.ShouldBe([request.Token]);
    }

    [Fact]
    public async Task what_writes_goes_on_when_the_browser_went_away()
    {
        using var request = new CancellationTokenSource();
        var bus = BusOf(request.Token);

        await bus.InvokeAsync(new Question());
        await bus.InvokeAsync<string>(new Question());
        await bus.SendAsync(new Question());
        await bus.PublishAsync(new Question());
        await bus.ScheduleAsync(new Question(), DateTimeOffset.UnixEpoch);

        _inner.Tokens.ShouldBe(Enumerable.Repeat(CancellationToken.None, 5));
    }

    [Fact]
    public async Task what_a_handler_asks_below_the_request_goes_on_as_well()
    {
        using var request = new CancellationTokenSource();
        var services = ServicesOf(request.Token);

        await using var handler = services.CreateAsyncScope();
        await handler.ServiceProvider.GetRequiredService<IMessageBus>().QueryAsync(new Question());

        _inner.Tokens.ShouldBe([CancellationToken.None]);
    }

    [Fact]
    public async Task a_token_of_ones_own_is_kept()
    {
        using var request = new CancellationTokenSource();
        using var own = new CancellationTokenSource();

        await BusOf(request.Token).QueryAsync(new Question(), own.Token);

        _inner.Tokens.ShouldBe([own.Token]);
    }

    [Fact]
    public async Task without_a_request_nothing_ends_it()
    {
        await BusOf(null).QueryAsync(new Question());

        _inner.Tokens.ShouldBe([CancellationToken.None]);
    }

    [Fact]
    public void the_token_of_a_form_reaches_the_bus()
    {
        var bus = BusOf(null);
        bus.FormToken = new Guid("0190a0c0-0000-7000-8000-000000000001");

        _inner.FormToken.ShouldBe(bus.FormToken);
    }

    private IMessageBus BusOf(CancellationToken? request) => ServicesOf(request).GetRequiredService<IMessageBus>();

    private IServiceProvider ServicesOf(CancellationToken? request)
    {
        var services = new ServiceCollection();
        services.AddScoped<IMessageBus>(_ => _inner);
        services.AddPlatformWeb();
        var scope = services.BuildServiceProvider().CreateScope().ServiceProvider;
        scope.GetRequiredService<IHttpContextAccessor>().HttpContext = request is { } token
            ? new DefaultHttpContext { RequestAborted = token, RequestServices = scope }
            : null;
        return scope;
    }

    private sealed record Question : IQuery<string>;

    private sealed class RecordingBus : IMessageBus
    {
        public List<CancellationToken> Tokens { get; } = [];

        public Guid CorrelationId => Guid.Empty;

        public Guid? FormToken { get; set; }

        public Task InvokeAsync(object message, CancellationToken ct = default) => Note("", ct);

        public Task<T> InvokeAsync<T>(object message, CancellationToken ct = default) => Note(default(T)!, ct);

        public Task<TAnswer> QueryAsync<TAnswer>(IQuery<TAnswer> query, CancellationToken ct = default) => Note(default(TAnswer)!, ct);

        public Task<IReadOnlyList<Problem>> ProblemsAsync(object command, CancellationToken ct = default) => Note<IReadOnlyList<Problem>>([], ct);

        public ValueTask SendAsync(object message, CancellationToken ct = default) => new(Note("", ct));

        public ValueTask PublishAsync(object message, CancellationToken ct = default) => new(Note("", ct));

        public ValueTask ScheduleAsync(object message, DateTimeOffset when, CancellationToken ct = default) => new(Note("", ct));

        private Task<T> Note<T>(T answer, CancellationToken ct)
        {
            Tokens.Add(ct);
            return Task.FromResult(answer);
        }
    }
}
