using System.CommandLine;
using Association.Events.Planning.Model;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Lists;

/// <summary><c>events</c>: what is planned and published, the next one first.</summary>
internal sealed class EventsVerb : IVerb
{
    private const int RowsAtOnce = 500;

    private readonly Option<bool> _all = new("--all") { Description = "Also those that are over or cancelled." };

    public Command Define(IVerbHost host)
    {
        var command = new Command("events", "Lists the events that come, drafts included: number, day, title, place, how far each is.") { _all };
        command.SetAction(host.Run(_ => false, RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<EventTexts>>();
        var now = context.Services.GetRequiredService<TimeProvider>().GetUtcNow().ToClock();
        var all = context.Arguments.GetValue(_all);
        var rows = new List<ListedEvent>();
        string? after = null;
        do
        {
            var page = (await context.Bus.QueryAsync(new ListEvents(After: after, Size: RowsAtOnce, Sort: "starts"), context.Cancellation)).Page;
            rows.AddRange(page.Rows.Where(e => all || (e.Ends > now && e.Stage != ShownStage.Cancelled)));
            after = page.After;
        } while (after is not null);
        return new VerbAnswer(
            new
            {
                events = rows.Select(e => new
                {
                    e.Number,
                    address = e.Slug,
                    e.Title,
                    kind = e.Kind.ToString(),
                    e.Starts,
                    e.Ends,
                    e.Place,
                    e.Online,
                    e.Seats,
                    stage = e.Stage.ToString(),
                }),
            },
            rows.Count == 0
                ? texts["Verb.None"]
                : string.Join(
                    '\n',
                    rows.Select(e =>
                        string.Join("  ", e.Number, $"{Formats.Of(e.Day)} {ClockTime.Short(e.Starts)}", e.Title, e.Place, texts["Stage." + e.Stage])
                    )
                )
        );
    }
}
