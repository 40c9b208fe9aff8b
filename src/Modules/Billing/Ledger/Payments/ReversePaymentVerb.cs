using System.CommandLine;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Ledger.Payments;

/// <summary><c>reverse-payment ENTRY --reason TEXT</c>: takes a payment back by an entry of its own.</summary>
internal sealed class ReversePaymentVerb : IVerb
{
    public Command Define(IVerbHost host)
    {
        var entry = new Argument<long>("ENTRY") { Description = "The payment's number in the journal; record-payment answers with it." }.InWords();
        var reason = new Option<string>("--reason") { Required = true, Description = "Why, for the journal: wrong member." };
        var command = new Command("reverse-payment", "Takes a payment back that was entered by hand; the journal keeps both entries.") { entry, reason };
        command.SetAction(
            host.Run(_ => true, context => RunAsync(context, context.Arguments.GetRequiredValue(entry), context.Arguments.GetRequiredValue(reason)))
        );
        return command;
    }

    private static async Task<VerbAnswer> RunAsync(VerbContext context, long entry, string reason)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<BillingTexts>>();
        var done = await context.Bus.InvokeAsync<ReversedPayment>(new ReversePayment(entry, reason), context.Cancellation);
        return new VerbAnswer(
            new Answer(entry, done.Number, done.Amount, done.Open),
            texts["Reverse.Done", Formats.Of(done.Amount), done.Number, Formats.Of(done.Open)]
        );
    }

    private sealed record Answer(long Entry, string Invoice, Money Amount, Money Open);
}
