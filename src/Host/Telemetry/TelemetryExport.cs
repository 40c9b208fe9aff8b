using Association.Platform.Messaging.Running;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Association.Host.Telemetry;

/// <summary>Sends traces and figures to a collector by OTLP, for as long as it lives; office and verbs alike.</summary>
/// <remarks>
/// Set up by the standard names (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, <c>OTEL_SERVICE_NAME</c> …) in the
/// environment or any other source of the configuration. Without an endpoint nothing of it is loaded.
/// </remarks>
internal sealed class TelemetryExport : IDisposable
{
    /// <summary>Where the collector listens; its presence switches the export on.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly TracerProvider _traces;
    private readonly MeterProvider _figures;

    private TelemetryExport(IConfiguration configuration)
    {
        _traces = OpenTelemetry
            .Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(Describe)
            .SetSampler(new ParentBasedSampler(new WorkOnlySampler()))
            .AddSource("Microsoft.AspNetCore", MessagingTelemetry.Name, "Npgsql")
            .AddOtlpExporter()
            .Build();
        _figures = OpenTelemetry
            .Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(Describe)
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", MessagingTelemetry.Name, "Npgsql")
            .AddOtlpExporter()
            .Build();
    }

    /// <summary>Begins, or answers null when no collector is configured.</summary>
    public static TelemetryExport? Begin(IConfiguration configuration) =>
        string.IsNullOrWhiteSpace(configuration[Endpoint]) ? null : new TelemetryExport(configuration);

    /// <summary>Sends what is still here, waiting for a slow collector a few seconds at most.</summary>
    public void Dispose()
    {
        _traces.Dispose();
        _figures.Dispose();
    }

    private static void Describe(ResourceBuilder resource) =>
        resource
            .Clear()
            .AddService(
                "association",
                serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3),
                serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}"
            )
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector(); // last, so that OTEL_SERVICE_NAME wins

    /// <summary>The poll of the workers and what else asks the database without anybody having asked for it begins no trace.</summary>
    private sealed class WorkOnlySampler : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
            new(samplingParameters.Kind == System.Diagnostics.ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
    }
}
