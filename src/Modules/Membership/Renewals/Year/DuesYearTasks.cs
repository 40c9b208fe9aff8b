using Association.Membership.Contracts;
using Association.Membership.Dues;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Renewals.Year;

/// <summary>Steps of a dues year whose day is over: one row a year. Drafting, approving, executing and missing values have rows of their own as soon as they can
/// be done (<see cref="Dues.Agenda.DuesTasks"/>).</summary>
internal sealed class DuesYearTasks(IMessageBus bus, TimeProvider clock, IStringLocalizer<RenewalTexts> texts) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(DuesFeature.Prepare))
            return [];
        var today = clock.Today();
        return
        [
            .. (await bus.QueryAsync(new ListDuesYears(), ct))
                .Select(year => (Year: year, Steps: year.Overdue(today).Where(s => YearStep.IsTicked(s.Step) && s.Step != DuesYearStep.Values).ToList()))
                .Where(y => y.Steps.Count > 0)
                .Select(y => new TodayRow(
                    texts["Today.Group"],
                    texts["Today.Year", y.Year.Year, new Count(y.Steps.Count)],
                    string.Join(", ", y.Steps.Select(s => Named(s))),
                    MembershipPages.DuesYear(y.Year.Year),
                    texts["Today.YearAction"],
                    Urgency.Soon,
                    y.Steps.Min(s => s.Day)
                )),
        ];
    }

    private string Named(YearStep step) => step.AssignedName is { } name ? $"{texts[$"Step.{step.Step}"].Value} ({name})" : texts[$"Step.{step.Step}"];
}
