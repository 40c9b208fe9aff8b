using Association.Platform.Messaging;
using Association.Platform.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Web;

/// <summary>What a page asks the bus for ends with the page, and no page has to say so.</summary>
public sealed class RequestBusTests
{
    private readonly RecordingBus _inner = new();

    [Fact]
    public async Task whatever_a_page_asks_for_ends_with_its_request()
    {
        using var request = new CancellationTokenSource();
        var bus = BusOf(request.Token);

        await bus.QueryAsync(new Question());
        await bus.InvokeAsync(new Question());
        await bus.InvokeAsync<string>(new Question());
        await bus.SendAsync(new Question());
        await bus.PublishAsync(new Question());
        await bus.ScheduleAsync(new Question(), DateTimeOffset.UnixEpoch);

        _inner.Tokens.ShouldBe(Enumerable.Repeat(request.Token, 6));
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
        await BusOf(null).InvokeAsync(new Question());

        _inner.Tokens.ShouldBe([CancellationToken.None]);
    }

    [Fact]
    public void the_token_of_a_form_reaches_the_bus()
    {
        var bus = BusOf(null);
        bus.FormToken = new Guid("0190a0c0-0000-7000-8000-000000000001");

        _inner.FormToken.ShouldBe(bus.FormToken);
    }

    private IMessageBus BusOf(CancellationToken? request)
    {
        var services = new ServiceCollection();
        services.AddScoped<IMessageBus>(_ => _inner);
        services.AddPlatformWeb();
        services.AddSingleton<IHttpContextAccessor>(new HttpContextAccessor { HttpContext = request is { } token ? new DefaultHttpContext { RequestAborted = token } : null });
        return services.BuildServiceProvider().CreateScope().ServiceProvider.GetRequiredService<IMessageBus>();
    }

    private sealed record Question : IQuery<string>;

    private sealed class RecordingBus : IMessageBus
    {
        public List<CancellationToken> Tokens { get; } = [];

        public Guid CorrelationId => Guid.Empty;

        public Guid? FormToken { get; set; }

        public Task InvokeAsync(object message, CancellationToken ct = default) => Note(ct, "");

        public Task<T> InvokeAsync<T>(object message, CancellationToken ct = default) => Note(ct, default(T)!);

        public Task<TAnswer> QueryAsync<TAnswer>(IQuery<TAnswer> query, CancellationToken ct = default) => Note(ct, default(TAnswer)!);

        public ValueTask SendAsync(object message, CancellationToken ct = default) => new(Note(ct, ""));

        public ValueTask PublishAsync(object message, CancellationToken ct = default) => new(Note(ct, ""));

        public ValueTask ScheduleAsync(object message, DateTimeOffset when, CancellationToken ct = default) => new(Note(ct, ""));

        private Task<T> Note<T>(CancellationToken ct, T answer)
        {
            Tokens.Add(ct);
            return Task.FromResult(answer);
        }
    }
}
