using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Office.Tests.Trial;

/// <summary>A module whose jobs a test declares.</summary>
public sealed class TrialModule(params JobDeclaration[] jobs) : IModule
{
    /// <summary>Half past two at night: the time that summer time takes away and gives twice.</summary>
    public const string AtHalfPastTwo = "0 30 2 * * ?";

    public string Name => "trial";

    public IReadOnlyList<MenuEntry> Menu => [];

    public IReadOnlyList<Permission> Permissions => [];

    public IReadOnlyList<JobDeclaration> Jobs => jobs;

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }

    /// <summary>A job that leaves an effect.</summary>
    public static JobDeclaration Job(string name, string cron = AtHalfPastTwo, LateRun late = LateRun.Once, Func<JobRun, object>? message = null) =>
        new(name, cron, late, "Trial", typeof(TrialModule), message ?? (run => new LeaveEffect(name, run.Id, run.FireTime, run.BusinessDate)));
}

[InternalOnly, MessageName("trial.leave-effect")]
internal sealed record LeaveEffect(string Job, Guid Run, DateTimeOffset FireTime, DateOnly Day) : ICommand;

/// <summary>Follows from it, so that a run is more than one message.</summary>
[MessageName("trial.effect-left")]
internal sealed record EffectLeft(string Job);

internal static class LeaveEffectHandler
{
    public static async Task<EffectLeft> HandleAsync(LeaveEffect command, IUnitOfWork unit, CancellationToken ct)
    {
        await unit.Connection.ExecuteAsync(
            new CommandDefinition(
                "insert into trial.effect (job, run, fire_time, day) values (@Job, @Run, @at, @Day)",
                new
                {
                    command.Job,
                    command.Run,
                    at = command.FireTime.ToUniversalTime(),
                    command.Day,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
        return new EffectLeft(command.Job);
    }
}

internal static class FollowEffectHandler
{
    public static async Task HandleAsync(EffectLeft message, IUnitOfWork unit, CancellationToken ct)
    {
        if (
            await unit.Connection.ExecuteScalarAsync<bool>(
                new CommandDefinition("select exists (select from trial.broken where job = @Job)", message, unit.Transaction, cancellationToken: ct)
            )
        )
            throw new InvalidOperationException("The trial is broken.");
    }
}
