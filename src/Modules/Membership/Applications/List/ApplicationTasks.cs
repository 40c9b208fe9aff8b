using Association.Membership.Applications.Model;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Applications.List;

/// <summary>„N Aufnahmeanträge prüfen“ for the office, „N Anträge warten auf den Beschluss“ for whoever may decide, and welcome letters that could not be written.</summary>
internal sealed class ApplicationTasks(IMessageBus bus, IStringLocalizer<ApplicationTexts> texts) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        var (edits, decides) = (actor.May(ApplicationsFeature.Edit), actor.May(ApplicationsFeature.Approve));
        if (!actor.May(ApplicationsFeature.Read) || (!edits && !decides))
            return [];
        var found = await bus.QueryAsync(new CountOpenApplications(actor.Id?.Value), ct);
        var rows = new List<TodayRow>();
        if (edits && found.New > 0)
            rows.Add(Row("Today.New", "Today.NewDetail", "Today.NewAction", found.New, ApplicationState.New, Urgency.Soon));
        if (decides && found.ToDecide > 0)
            rows.Add(Row("Today.Decide", "Today.DecideDetail", "Today.DecideAction", found.ToDecide, ApplicationState.Waiting, Urgency.Now));
        if (edits && found.Unwelcomed is { } number)
            rows.Add(
                new TodayRow(
                    texts["Today.Group"],
                    texts["Today.Welcome"],
                    texts["Today.WelcomeDetail", number],
                    MembershipPages.Application(number),
                    texts["Today.WelcomeAction"],
                    Urgency.Soon
                )
            );
        return rows;
    }

    private TodayRow Row(string text, string detail, string action, int count, ApplicationState state, Urgency urgency) =>
        new(texts["Today.Group"], texts[text, new Count(count)], texts[detail], $"{MembershipPages.Applications}?state={state}", texts[action], urgency);
}

/// <summary>How many applications wait for somebody.</summary>
/// <param name="Reader">Who asks: what this person submitted waits for somebody else.</param>
[Permission(ApplicationsFeature.Read)]
internal sealed record CountOpenApplications(Guid? Reader) : IQuery<OpenApplications>;

/// <summary>The answer.</summary>
/// <param name="New">Wait for the office.</param>
/// <param name="ToDecide">Wait for the board's resolution, and may be decided by who asks.</param>
/// <param name="Unwelcomed">The number of an accepted one whose welcome letter could not be written; null without.</param>
internal sealed record OpenApplications(int New, int ToDecide, int? Unwelcomed);

internal static class CountOpenApplicationsHandler
{
    public static async Task<OpenApplications> HandleAsync(CountOpenApplications query, MembershipDb db, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).QuerySingleAsync<OpenApplications>(
            new CommandDefinition(
                """
                select count(*) filter (where refusal is null and (submitted_at is null or ended_at is not null))::int as "New",
                       count(*) filter (where submitted_at is not null and ended_at is null and submitted_by is distinct from @Reader)::int as "ToDecide",
                       (select min(number) from membership.membership_application where member_id is not null and welcome_letter_id is null) as "Unwelcomed"
                  from membership.membership_application where member_id is null and withdrawn_at is null
                """,
                new { query.Reader },
                db.Transaction,
                cancellationToken: ct
            )
        );
}
