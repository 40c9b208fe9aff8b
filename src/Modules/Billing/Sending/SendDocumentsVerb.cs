using System.CommandLine;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Sending;

/// <summary><c>send-documents --preview | --send [--run CODE]</c>: has what waits leave, by mail and on paper, without a browser.</summary>
internal sealed class SendDocumentsVerb : IVerb
{
    private readonly Option<bool> _preview = new("--preview") { Description = "Says what would leave by which way, and whom nothing reaches." };
    private readonly Option<bool> _send = new("--send") { Description = "Hands the mails over and makes the print batch." };
    private readonly Option<string?> _run = new("--run") { Description = "Only documents of this dues run: 2027-1.", HelpName = "CODE" };
    private readonly Option<bool> _paperOnly = new("--paper-only") { Description = "Makes the print batch and sends no mail." };
    private readonly Option<bool> _mailOnly = new("--mail-only") { Description = "Sends the mails and makes no print batch." };

    public Command Define(IVerbHost host)
    {
        var command = new Command("send-documents", "Sends what waits: one mail a recipient with the archived PDFs, and a print batch of what goes on paper.")
        {
            _preview,
            _send,
            _run,
            _paperOnly,
            _mailOnly,
        };
        command.SetAction(host.Run(arguments => arguments.GetValue(_send), RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var (texts, arguments) = (context.Services.GetRequiredService<IStringLocalizer<SendingTexts>>(), context.Arguments);
        if (arguments.GetValue(_preview) == arguments.GetValue(_send))
            throw new ProblemsException(texts["Verb.Choose"]);
        var run = arguments.GetValue(_run) is { } code
            ? await context.Services.GetRequiredService<IDuesRuns>().FindAsync(code, context.Cancellation)
                ?? throw new ProblemsException(texts["Problem.NoRun", code])
            : (DuesRunId?)null;
        var newest = await context.Bus.QueryAsync(new ReadSendings(), context.Cancellation) is [var last, ..] ? last.Number : 0;
        var preview = await context.Bus.QueryAsync(new PreviewDelivery(run), context.Cancellation);
        var waiting = preview.Waiting;
        if (arguments.GetValue(_preview))
            return new VerbAnswer(
                preview,
                string.Join(
                    '\n',
                    [
                        texts[
                            "Verb.Preview",
                            new Count(waiting.ByMail),
                            new Count(waiting.Mails),
                            new Count(waiting.OnPaper),
                            new Count(waiting.Envelopes),
                            new Count(waiting.Unreached)
                        ],
                        .. preview.Unreached.Select(u => $"{u.Number} {u.Name}: {texts[u.MailFailed ? "Unreached.MailFailed" : "Unreached.NoAddress"]}"),
                    ]
                )
            );

        var mail = !arguments.GetValue(_paperOnly);
        if (mail && waiting.ByMail > 0 && !preview.HasServer)
            throw new ProblemsException(texts["Problem.NoServer"]);
        var begun = await context.Bus.InvokeAsync<BegunSending>(
            new SendDocuments(run, waiting.ByMail, waiting.OnPaper, mail, !arguments.GetValue(_mailOnly), SeenNewest: newest),
            context.Cancellation
        );
        await context.Drain();
        var sending = (await context.Bus.QueryAsync(new ReadSendings(begun.Number), context.Cancellation)).Single();
        return new VerbAnswer(
            sending,
            texts["Verb.Sent", sending.Number, sending.HandedOver, sending.Accepted, sending.Failed, sending.Unknown]
                + (sending.Batch is { } batch ? "\n" + texts["Verb.Batch", batch] : "")
        );
    }
}
