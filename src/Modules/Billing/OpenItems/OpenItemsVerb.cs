using System.CommandLine;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Billing.OpenItems;

/// <summary><c>open-items</c>: every invoice on which something is open.</summary>
internal sealed class OpenItemsVerb : IVerb
{
    public Command Define(IVerbHost host)
    {
        var command = new Command("open-items", "Lists every invoice on which something is open.");
        command.SetAction(host.Run(_ => false, RunAsync));
        return command;
    }

    private static async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<BillingTexts>>();
        var rows = new List<OpenItem>();
        string? after = null;
        do
        {
            var page = await context.Bus.QueryAsync(new ListOpenItems(After: after, Size: 1000), context.Cancellation);
            rows.AddRange(page.Rows);
            after = page.After;
        } while (after is not null);
        return new VerbAnswer(
            rows.Select(r => new Item(r.Invoice, r.Member, r.Name, r.Iban, r.Amount, r.Open, r.Due, r.Reference)),
            string.Join('\n', [.. rows.Select(Line), texts["Verb.OpenItems", new Count(rows.Count), Formats.Of(Money.Sum(rows.Select(r => r.Open)))]])
        );
    }

    private static string Line(OpenItem item) => $"{item.Invoice}  {Formats.Of(item.Due)}  {Formats.Of(item.Open), 14}  {item.Member}  {item.Name}";

    private sealed record Item(string Invoice, string Member, string Name, string? Iban, Money Amount, Money Open, DateOnly Due, string Reference);
}
