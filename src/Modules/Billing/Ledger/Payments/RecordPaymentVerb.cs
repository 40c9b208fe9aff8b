using System.CommandLine;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Ledger.Payments;

/// <summary><c>record-payment NUMBER --amount A --date D [--credit C]</c>: enters money that came in for an invoice.</summary>
internal sealed class RecordPaymentVerb : IVerb
{
    public Command Define(IVerbHost host)
    {
        var number = new Argument<string>("NUMBER") { Description = "The invoice: BR-2026-00001." };
        var amount = new Option<string>("--amount") { Required = true, Description = "What came in: 120.00." };
        var date = new Option<string>("--date") { Required = true, Description = "The day of the bank's entry: 2027-02-11." };
        var credit = new Option<string?>("--credit")
        {
            Description = "At most so much may exceed the open amount and become credit: 20.00. Without it nothing.",
        };
        var command = new Command("record-payment", "Records money that came in for an invoice.") { number, amount, date, credit };
        command.SetAction(
            host.Run(
                _ => true,
                context =>
                    RunAsync(
                        context,
                        context.Arguments.GetRequiredValue(number),
                        context.Arguments.GetRequiredValue(amount),
                        context.Arguments.GetRequiredValue(date),
                        context.Arguments.GetValue(credit)
                    )
            )
        );
        return command;
    }

    private static async Task<VerbAnswer> RunAsync(VerbContext context, string number, string typedAmount, string typedDate, string? typedCredit)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<BillingTexts>>();
        var amount = TypedAmount.Read(context.Services, "--amount", typedAmount);
        var credit = typedCredit is null ? Money.Zero : TypedAmount.Read(context.Services, "--credit", typedCredit);
        var date = VerbDay.Read(context.Services, "--date", typedDate);

        var recorded = await context.Bus.InvokeAsync<RecordedPayment>(new RecordPayment(number, amount, date, CreditUpTo: credit), context.Cancellation);
        return new VerbAnswer(
            new Answer(number, amount, recorded.Open, recorded.Credit, recorded.Entry),
            texts["Verb.Recorded", Formats.Of(amount), number, Formats.Of(recorded.Open), Formats.Of(recorded.Credit), recorded.Entry]
        );
    }

    private sealed record Answer(string Invoice, Money Amount, Money Open, Money Credit, long Entry);
}
