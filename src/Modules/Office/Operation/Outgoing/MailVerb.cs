using System.CommandLine;
using Association.Office.Operation.Messages.Verbs;
using Association.Office.People.SignIn;
using Association.Platform.Mail;
using Association.Platform.Mail.Operation;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;

namespace Association.Office.Operation.Outgoing;

/// <summary><c>mail …</c>: what the page of outgoing mails shows and does, without a browser.</summary>
internal sealed class MailVerb : IVerb
{
    private readonly Argument<Guid> _id = new Argument<Guid>("ID") { Description = "The mail, as 'mail list' prints it." }.InWords();
    private readonly Option<MailState?> _state = new("--state") { Description = "Only mails in this state.", HelpName = "STATE" };
    private readonly Option<string?> _text = new("--text") { Description = "Only those with this in name, address or subject.", HelpName = "TEXT" };
    private readonly Option<bool> _arrived = new("--arrived") { Description = "It is known to have arrived: mark an uncertain mail as sent instead." };
    private readonly Option<string> _to = new("--to")
    {
        Description = "Where the test mail goes.",
        Required = true,
        HelpName = "ADDRESS",
    };

    public Command Define(IVerbHost host) =>
        new("mail", "Show outgoing mails, decide about those that did not arrive, try the server.")
        {
            MessagesVerb.Sub("list", "List mails, the newest first, at most 500.", host.Run(_ => false, ListAsync), _state, _text),
            MessagesVerb.Sub(
                "send-again",
                "Send a refused, an uncertain or a waiting mail, and wait for how it ends.",
                host.Run(_ => true, SendAgainAsync),
                _id,
                _arrived
            ),
            MessagesVerb.Sub(
                "test",
                "Send a test mail by the saved settings, and print what the server said. Whoever runs this has the database anyway, so no user is asked for.",
                host.Run(_ => false, TestAsync),
                _to
            ),
        };

    private async Task<VerbAnswer> ListAsync(VerbContext context)
    {
        var filter = new MailFilter(context.Arguments.GetValue(_text), context.Arguments.GetValue(_state));
        var mails = await context.Bus.QueryAsync(new ListMails(filter, Limit: 500), context.Cancellation);
        return new VerbAnswer(mails, mails.Count == 0 ? "No mail." : string.Join('\n', mails.Select(Line)));
    }

    private async Task<VerbAnswer> SendAgainAsync(VerbContext context)
    {
        var id = context.Arguments.GetRequiredValue(_id);
        await context.Bus.InvokeAsync(context.Arguments.GetValue(_arrived) ? new ConfirmMailArrived(id) : new SendMailAgain(id), context.Cancellation);
        await context.Drain();
        var mail = (await context.Bus.QueryAsync(new ReadMail(id), context.Cancellation))!;
        return new VerbAnswer(mail, Line(mail), mail.State == MailState.Sent);
    }

    private async Task<VerbAnswer> TestAsync(VerbContext context)
    {
        var report = await AsAdministrator.RunAsync(
            context.Services,
            () => context.Bus.InvokeAsync<MailTestReport>(new SendTestMail(context.Arguments.GetRequiredValue(_to)), context.Cancellation)
        );
        var steps = report.Steps.Select(s => $"{s.Step}: {(s.Words.Length > 0 ? s.Words : "ok")}");
        return new VerbAnswer(
            report,
            string.Join('\n', report is { FailedAt: { } step, Fault: { } fault } ? steps.Append($"{step}: FAILED ({fault}) {report.Reply}".TrimEnd()) : steps),
            report.Ok
        );
    }

    private static string Line(MailView mail) =>
        $"{mail.Id}  {Formats.Of(mail.SettledAt ?? mail.AttemptedAt ?? mail.CreatedAt)}  {mail.State.ToString().ToLowerInvariant()}  {mail.Address}  {mail.Subject}"
        + (mail.LastFault is { } fault ? $"  ({mail.LastStep}: {fault}{(mail.LastReply is { } reply ? $", {reply}" : "")})" : "");
}
