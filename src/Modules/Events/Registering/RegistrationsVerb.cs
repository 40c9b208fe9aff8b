using System.CommandLine;
using System.Globalization;
using Association.Events.Planning;
using Association.Events.Planning.Model;
using Association.Events.Planning.Record;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Events.Registering;

/// <summary><c>event-registrations NUMBER</c>: who is registered for an event, who waits and at which place, and why.</summary>
internal sealed class RegistrationsVerb : IVerb
{
    private const int RowsAtOnce = 500;

    private readonly Argument<int> _number = new("number") { Description = "Number of the event, as the verb events lists it." };

    public Command Define(IVerbHost host)
    {
        var command = new Command("event-registrations", "Lists the registrations of an event in the order in which they came, with state and reason.")
        {
            _number,
        };
        command.SetAction(host.Run(_ => false, RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var (services, bus) = (context.Services, context.Bus);
        var texts = services.GetRequiredService<IStringLocalizer<RegistrationTexts>>();
        var words = services.GetRequiredService<RegistrationWords>();
        var number = context.Arguments.GetValue(_number);
        var plan =
            await bus.QueryAsync(new ReadEvent(number), context.Cancellation)
            ?? throw new ProblemsException(services.GetRequiredService<IStringLocalizer<EventTexts>>()["Problem.Gone"]);
        var rows = new List<ListedRegistration>();
        RegistrationList list;
        string? after = null;
        do
        {
            list = await bus.QueryAsync(new ListRegistrations(plan.EventId, After: after, Size: RowsAtOnce), context.Cancellation);
            rows.AddRange(list.Page.Rows);
            after = list.Page.After;
        } while (after is not null);
        return new VerbAnswer(
            new
            {
                number,
                title = plan.Title.In(Words.Reader),
                seats = list.Pools.Select(p => new
                {
                    of = words.Name(plan, p.Id),
                    p.Capacity,
                    p.Taken,
                }),
                registrations = rows.Select(r => new
                {
                    id = r.Id.Value,
                    r.Name,
                    r.Organisation,
                    r.Email,
                    memberNumber = r.MemberNumber,
                    r.Remark,
                    state = r.State.ToString(),
                    place = r.Rank,
                    needs = r.Needs.Select(n => words.Name(plan, n)),
                    registered = r.At,
                    offeredUntil = r.OfferedUntil,
                    why = words.Why(plan, r.Why),
                }),
            },
            rows.Count == 0
                ? texts["EmptyTitle"]
                : string.Join(
                    '\n',
                    rows.Select(r =>
                        string.Join(
                            "  ",
                            RegistrationWords.Moment(r.At),
                            r.Name.Length > 0 ? r.Name : texts["Somebody"],
                            texts[$"State.{r.State}"] + (r.Rank is { } rank ? rank.ToString(" 0", CultureInfo.InvariantCulture) : ""),
                            words.Why(plan, r.Why)
                        )
                    )
                )
        );
    }
}
