using System.CommandLine;
using Association.Membership.Dues.Regulation;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Kinds;

/// <summary>The terms of an admission fee or a levy as options of a command line.</summary>
internal sealed class TypedTerms
{
    private readonly Option<string?> _amount = new("--amount") { Description = "Of every category that has no amount of its own: 25.00." };
    private readonly Option<string[]> _own = new("--amount-of")
    {
        Description = "Of one category: hospital=100.00. Zero charges nothing. May be repeated.",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string?> _due = new("--due-on") { Description = "Of a levy: 2027-09-01. An admission fee is due with the admission." };
    private readonly Option<string?> _by = new("--resolved-by") { Description = "Who decided: Mitgliederversammlung." };
    private readonly Option<string?> _on = new("--resolved-on") { Description = "The day of the resolution: 2027-05-04." };
    private readonly Option<string?> _text = new("--resolution") { Description = "Its words, or where they stand." };

    public IEnumerable<Option> Options => [_amount, _own, _due, _by, _on, _text];

    /// <summary>Null when none of the options is there.</summary>
    /// <exception cref="ProblemsException">An amount, a day or a part is missing or cannot be read.</exception>
    public DuesTerms? Read(ParseResult arguments, IServiceProvider services, IStringLocalizer<KindTexts> texts)
    {
        if (!Options.Any(o => arguments.GetResult(o) is { Implicit: false }))
            return null;
        if (arguments.GetValue(_on) is not { } resolvedOn || arguments.GetValue(_by) is not { } by || arguments.GetValue(_text) is not { } text)
            throw new ProblemsException(texts["Verb.NoResolution"]);
        return new DuesTerms(
            arguments.GetValue(_amount) is { } amount ? TypedAmount.Read(services, _amount.Name, amount) : null,
            Own(arguments.GetValue(_own) ?? [], services, texts),
            arguments.GetValue(_due) is { } due ? VerbDay.Read(services, _due.Name, due) : null,
            new Resolution(by, VerbDay.Read(services, _on.Name, resolvedOn), text)
        );
    }

    private Dictionary<string, Money> Own(string[] typed, IServiceProvider services, IStringLocalizer<KindTexts> texts)
    {
        var own = new Dictionary<string, Money>(StringComparer.Ordinal);
        foreach (var pair in typed)
            if (pair.Split('=') is not [{ Length: > 0 } category, var amount] || !own.TryAdd(category, TypedAmount.Read(services, _own.Name, amount)))
                throw new ProblemsException(texts["Verb.NoAmountOf", pair]);
        return own;
    }
}
