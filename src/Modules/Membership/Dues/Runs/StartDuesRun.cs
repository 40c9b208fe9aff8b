using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Regulation;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Runs;

/// <summary>Opens a draft for a year, or finds the run of that year that is still open. Answers its code: <c>2027-1</c>.</summary>
[Permission(DuesFeature.Prepare)]
internal sealed record StartDuesRun(int Year) : ICommand;

internal static class StartDuesRunHandler
{
    public static async Task<StartedRun> LoadAsync(StartDuesRun command, MembershipDb db, CancellationToken ct)
    {
        // Two people who open the same year at once get the same run.
        await db.OneAtATimeAsync($"membership.dues_run {command.Year}", ct);
        return new StartedRun(await Regulations.ValidInAsync(db, command.Year, ct), await DuesRuns.OfYearAsync(db, command.Year, ct));
    }

    public static Problem? Validate(StartDuesRun command, StartedRun found, IStringLocalizer<DuesTexts> texts) =>
        found.Regulation is null ? new Problem(nameof(command.Year), texts["Problem.NoRegulation", command.Year]) : null;

    public static string Handle(StartDuesRun command, StartedRun found, MembershipDb db, CurrentUser user, TimeProvider clock)
    {
        if (found.Runs.FirstOrDefault(r => r.State != DuesRunState.Executed) is { } open)
            return open.Code;
        var run = new DuesRun
        {
            Id = DuesRunId.New(),
            Year = command.Year,
            Number = (found.Runs.FirstOrDefault()?.Number ?? 0) + 1,
            RegulationId = found.Regulation!.Id,
            CreatedAt = clock.GetUtcNow(),
            CreatedByName = user.Actor.Name,
        };
        db.Add(run);
        return run.Code;
    }
}

/// <summary>What is there already.</summary>
internal sealed record StartedRun(DuesRegulation? Regulation, List<DuesRun> Runs);
