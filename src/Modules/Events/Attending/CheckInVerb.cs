using System.CommandLine;
using Association.Events.Attending.Door;
using Association.Events.Attending.Model;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Events.Attending;

/// <summary><c>check-in CODE</c>: lets in whose ticket has this code, or notes that she goes.</summary>
internal sealed class CheckInVerb : IVerb
{
    private readonly Argument<string> _code = new("code") { Description = "On the ticket; blanks, hyphens and case do not matter." };
    private readonly Option<bool> _left = new("--left") { Description = "She goes." };

    public Command Define(IVerbHost host)
    {
        var command = new Command("check-in", "Notes at the door of an event that somebody came, by the code of the ticket.") { _code, _left };
        command.SetAction(host.Run(_ => true, RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<AttendingTexts>>();
        var code = context.Arguments.GetValue(_code)!;
        var ticket = await context.Bus.QueryAsync(new ReadTicket(code), context.Cancellation) ?? throw new ProblemsException(texts["Result.Unknown"]);
        var kind = context.Arguments.GetValue(_left) ? CheckInKind.Left : CheckInKind.Arrived;
        var answer = await context.Bus.InvokeAsync<DoorAnswer>(new CheckIn(ticket.Plan.Number, Guid.CreateVersion7(), code, null, kind), context.Cancellation);
        return answer.Result is DoorResult.Noted or DoorResult.AlreadyThere
            ? new VerbAnswer(
                new
                {
                    number = ticket.Plan.Number,
                    registration = ticket.Registration.Value,
                    result = answer.Result.ToString(),
                    answer.Since,
                },
                texts["Result." + answer.Result]
            )
            : throw new ProblemsException(texts["Result." + answer.Result]);
    }
}
