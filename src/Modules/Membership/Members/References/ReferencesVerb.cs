using System.CommandLine;
using Association.Membership.Members.Record;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.References;

/// <summary><c>member-references MEMBER [--year Y …]</c>: shows the references of a member by year, or sets those of one year.</summary>
internal sealed class ReferencesVerb : IVerb
{
    private readonly Argument<string> _member = new("MEMBER") { Description = "The member's number." };
    private readonly Option<int?> _year = new Option<int?>("--year") { Description = "Sets those of this dues year; what is left out has none." }.InWords();
    private readonly Option<string?> _order = new("--purchase-order") { Description = "The recipient's order number." };
    private readonly Option<string?> _cash = new("--cash-reference") { Description = "Kassenzeichen or another sign of the recipient." };
    private readonly Option<string?> _leitweg = new("--leitweg-id") { Description = "Of a public body." };

    public Command Define(IVerbHost host)
    {
        var command = new Command("member-references", "Shows order number, Kassenzeichen and Leitweg-ID of a member by dues year, or sets those of one year.")
        {
            _member,
            _year,
            _order,
            _cash,
            _leitweg,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(_year) is null && new[] { _order, _cash, _leitweg }.Any(o => result.GetValue(o) is not null))
                result.AddProblem<ReferenceTexts>("Verb.NoYear");
        });
        command.SetAction(host.Run(arguments => arguments.GetValue(_year) is not null, RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var (arguments, texts) = (context.Arguments, context.Services.GetRequiredService<IStringLocalizer<ReferenceTexts>>());
        var number = arguments.GetRequiredValue(_member);
        var record =
            await context.Bus.QueryAsync(new ReadMember(number), context.Cancellation) ?? throw new ProblemsException(texts["Problem.NoMember", number]);
        var (member, all) = (record.Member.Id, await context.Bus.QueryAsync(new ReadReferences(record.Member.Id), context.Cancellation));
        if (arguments.GetValue(_year) is { } year)
        {
            var seen = all.FirstOrDefault(r => r.Year == year)?.Version ?? 0;
            await context.Bus.InvokeAsync(
                new SetReferences(member, year, seen, arguments.GetValue(_order), arguments.GetValue(_cash), arguments.GetValue(_leitweg)),
                context.Cancellation
            );
            all = await context.Bus.QueryAsync(new ReadReferences(member), context.Cancellation);
        }
        return new VerbAnswer(
            all.Select(r => new Answer(r.Year, r.PurchaseOrder, r.CashReference, r.LeitwegId)).ToList(),
            all.Count == 0
                ? texts["None"]
                : string.Join('\n', all.Select(r => texts["Verb.Line", r.Year, r.PurchaseOrder ?? "–", r.CashReference ?? "–", r.LeitwegId ?? "–"].Value))
        );
    }

    private sealed record Answer(int Year, string? PurchaseOrder, string? CashReference, string? LeitwegId);
}
