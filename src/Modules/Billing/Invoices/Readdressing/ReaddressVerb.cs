using System.CommandLine;
using Association.Membership.Contracts;
using Association.Platform.Web.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Readdressing;

/// <summary><c>readdress-invoice NUMBER --to LINE … --postal-code --town --reason</c>: issues a further document of an invoice for another recipient.</summary>
internal sealed class ReaddressVerb : IVerb
{
    private readonly Argument<string> _number = new("NUMBER") { Description = "The invoice: BR-2026-00001." };
    private readonly Option<string[]> _to = new("--to")
    {
        Required = true,
        Description = "Name, addition and street of the recipient, an option a line.",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string> _postalCode = new("--postal-code") { Required = true, Description = "66111." };
    private readonly Option<string> _town = new("--town") { Required = true, Description = "Saarbrücken." };
    private readonly Option<string> _country = new("--country") { Description = "DE where it is left out.", DefaultValueFactory = _ => "DE" };
    private readonly Option<string?> _order = new("--purchase-order") { Description = "The recipient's order number." };
    private readonly Option<string?> _reference = new("--reference") { Description = "Kassenzeichen or another sign of the recipient." };
    private readonly Option<string?> _leitweg = new("--leitweg-id") { Description = "Of a public body." };
    private readonly Option<string> _reason = new("--reason") { Required = true, Description = "Why, for the office." };

    public Command Define(IVerbHost host)
    {
        var command = new Command("readdress-invoice", "Issues a further document of an invoice for another recipient; the claim stays.")
        {
            _number,
            _to,
            _postalCode,
            _town,
            _country,
            _order,
            _reference,
            _leitweg,
            _reason,
        };
        command.SetAction(host.Run(_ => true, RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var (arguments, texts) = (context.Arguments, context.Services.GetRequiredService<IStringLocalizer<ReaddressTexts>>());
        var number = arguments.GetRequiredValue(_number);
        var recipient = new PrintedAddress(
            arguments.GetRequiredValue(_to),
            arguments.GetRequiredValue(_postalCode),
            arguments.GetRequiredValue(_town),
            arguments.GetRequiredValue(_country)
        );
        var edition = await context.Bus.InvokeAsync<InvoiceEditionId>(
            new ReaddressInvoice(
                number,
                recipient,
                arguments.GetValue(_reference),
                arguments.GetValue(_order),
                arguments.GetValue(_leitweg),
                arguments.GetRequiredValue(_reason)
            ),
            context.Cancellation
        );
        await context.Drain();
        return new VerbAnswer(new { invoice = number, edition = edition.Number }, texts["Done", edition.Number]);
    }
}
