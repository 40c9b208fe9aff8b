using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Association.EndToEnd.Tests.Hosts;

/// <summary>Receives what processes export by OTLP over HTTP, and reads it.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    public ConcurrentBag<ExportedSpan> Spans { get; } = [];

    /// <summary>By name; the value is whether the last export of it had a point.</summary>
    public ConcurrentDictionary<string, bool> Figures { get; } = new();

    /// <summary>For <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public string Address => _app.Urls.First();

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var collector = new Collector(app);
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            if (context.Request.Path == "/v1/traces")
                collector.ReadSpans(body.ToArray());
            if (context.Request.Path == "/v1/metrics")
                collector.ReadFigures(body.ToArray());
            context.Response.ContentType = "application/x-protobuf";
        });
        await app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // opentelemetry/proto/trace/v1/trace.proto
    private void ReadSpans(byte[] request)
    {
        foreach (var resource in ProtoReader.Fields(request, 1))
        {
            var process = ProtoReader
                .At(resource, 1, 1)
                .Where(a => ProtoReader.Text(a, 1) == "service.instance.id")
                .Select(a => ProtoReader.Text(ProtoReader.Fields(a, 2).First(), 1))
                .Single();
            foreach (var scope in ProtoReader.Fields(resource, 2))
            foreach (var span in ProtoReader.Fields(scope, 2))
                Spans.Add(
                    new ExportedSpan(
                        process,
                        ProtoReader.Text(ProtoReader.Fields(scope, 1).First(), 1),
                        ProtoReader.Text(span, 5),
                        ProtoReader.Hex(span, 1),
                        ProtoReader.Hex(span, 2),
                        ProtoReader.Hex(span, 4),
                        string.Join(
                            ' ',
                            ProtoReader
                                .Fields(span, 9)
                                .Select(a =>
                                    $"{ProtoReader.Text(a, 1)}={ProtoReader.At(a, 2, 1).Select(v => System.Text.Encoding.UTF8.GetString(v.Span)).FirstOrDefault()}"
                                )
                        )
                    )
                );
        }
    }

    // opentelemetry/proto/metrics/v1/metrics.proto: data of a gauge, sum, histogram is field 5, 7, 9; its points are field 1
    private void ReadFigures(byte[] request)
    {
        foreach (var figure in ProtoReader.At(request, 1, 2, 2))
            Figures[ProtoReader.Text(figure, 1)] = ((int[])[5, 7, 9]).Any(kind => ProtoReader.At(figure, kind, 1).Any());
    }
}

/// <summary>A span as the collector got it; ids in hexadecimal.</summary>
internal sealed record ExportedSpan(string Process, string Source, string Name, string Trace, string Id, string Parent, string Labels);
