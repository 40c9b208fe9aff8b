using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Runs;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Kinds;

/// <summary>
/// Opens a draft for an admission fee or a levy; it goes the way of every run: preview, submission, second person, execution. Of a kind and year one
/// draft is open at a time. Answers its code: <c>2027-A1</c>, <c>2027-U1</c>.
/// </summary>
/// <param name="Kind"><see cref="DuesKind.Admission"/> or <see cref="DuesKind.Levy"/>.</param>
/// <param name="Year">Year of the admissions, or of the levy.</param>
/// <param name="Terms">Amounts, due date and resolution.</param>
[Permission(DuesFeature.Prepare)]
internal sealed record StartKindRun(DuesKind Kind, int Year, DuesTerms Terms) : ICommand;

internal static class StartKindRunHandler
{
    public static async Task<StartedRun> LoadAsync(StartKindRun command, MembershipDb db, CancellationToken ct)
    {
        await db.OneAtATimeAsync($"membership.dues_run {EnumText.Of(command.Kind)} {command.Year}", ct);
        return new StartedRun(
            await Regulations.ValidInAsync(db, Math.Clamp(command.Year, 1, 9999), ct),
            await DuesRuns.OfYearAsync(db, command.Year, ct, command.Kind)
        );
    }

    public static IEnumerable<Problem> Validate(StartKindRun command, StartedRun found, TimeProvider clock, IStringLocalizer<KindTexts> texts)
    {
        var (terms, resolution) = (command.Terms, command.Terms.Resolution);
        if (command.Kind is not (DuesKind.Admission or DuesKind.Levy))
            yield return new Problem("Kind", texts["Problem.Kind"]);
        if (found.Regulation is null)
            yield return new Problem(nameof(command.Year), texts["Problem.NoRegulation", command.Year]);
        if (found.Runs.FirstOrDefault(r => r.State != DuesRunState.Executed) is { } open)
            yield return new Problem("", texts["Problem.Open", open.Code]);
        if (terms.Amounts.Values.Append(terms.Amount ?? Money.Zero).Any(a => a < Money.Zero || a > Money.Max))
            yield return new Problem("Amount", texts["Problem.Negative"]);
        else if (!terms.Amounts.Values.Append(terms.Amount ?? Money.Zero).Any(a => a > Money.Zero))
            yield return new Problem("Amount", texts["Problem.Amount"]);
        if (command.Kind == DuesKind.Levy && terms.DueOn is null)
            yield return new Problem(nameof(terms.DueOn), texts["Problem.DueOn"]);
        if (terms.DueOn?.Year is { } due && Math.Abs(due - command.Year) > 1)
            yield return new Problem(nameof(terms.DueOn), texts["Problem.DueFar"]);
        if (resolution.Body.Trim() is not { Length: > 0 and <= 200 })
            yield return new Problem("ResolvedBy", texts["Problem.ResolvedBy"]);
        if (resolution.On > clock.Today())
            yield return new Problem("ResolvedOn", texts["Problem.ResolvedOn"]);
        if (resolution.Text.Trim() is not { Length: >= 3 and <= 1000 })
            yield return new Problem("Resolution", texts["Problem.Resolution"]);
    }

    public static string Handle(StartKindRun command, StartedRun found, MembershipDb db, CurrentUser user, TimeProvider clock)
    {
        var run = new DuesRun
        {
            Id = DuesRunId.New(),
            Kind = command.Kind,
            Year = command.Year,
            Number = (found.Runs.FirstOrDefault()?.Number ?? 0) + 1,
            RegulationId = found.Regulation!.Id,
            Terms = command.Kind == DuesKind.Admission ? command.Terms with { DueOn = null } : command.Terms,
            CreatedAt = clock.GetUtcNow(),
            CreatedByName = user.Actor.Name,
        };
        db.Add(run);
        return run.Code;
    }
}
