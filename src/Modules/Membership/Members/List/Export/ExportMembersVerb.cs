using System.CommandLine;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Lists;
using Association.Platform.Web.Lists.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Primitives;

namespace Association.Membership.Members.List.Export;

/// <summary><c>members export [--view NAME] [--filter KEY=VALUE …] --out FILE</c>: the list of the page as a workbook, by the words of the page's
/// address.</summary>
internal sealed class ExportMembersVerb : IVerb
{
    private const string Sort = "sort";

    private readonly Option<string?> _view = new("--view")
    {
        Description = "A saved view, by its name; whose it is, --as says. What else is given goes before it.",
        HelpName = "NAME",
    };
    private readonly Option<string[]> _filter = new("--filter")
    {
        Description = "A filter as the page's address has it, as often as wanted: status=Active, category=hospital, town=Merzig, tag=Beirat.",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };
    private readonly Option<string?> _sort = new("--sort")
    {
        Description = "The order: name, number, category, town, joined, postalcode, left or dues; with „-“ before it from the end.",
    };
    private readonly Option<string?> _columns = new("--columns") { Description = "The columns, left to right: number,name,street,postal_code,town,email." };
    private readonly Option<string> _out = new("--out")
    {
        Required = true,
        Description = "The file, .xlsx; written over when it is there.",
        HelpName = "FILE",
    };

    public Command Define(IVerbHost host)
    {
        var export = new Command("export", "Writes the member list as a workbook: all members, a saved view, or what filters let through.")
        {
            _view,
            _filter,
            _sort,
            _columns,
            _out,
        };
        export.SetAction(host.Run(_ => false, RunAsync));
        return new Command("members", "Works with the member list.") { export };
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<MemberListTexts>>();
        var list = context.Services.GetRequiredService<MembersView>();
        var address = await AddressAsync(context, list, texts);
        var path = context.Arguments.GetRequiredValue(_out);
        var exported = new MembersExported(0);
        await OutputFile.WriteAsync(
            context,
            path,
            async file => exported = await context.Bus.QueryAsync(new ExportMembers(list.Ask(address), file), context.Cancellation)
        );
        return new VerbAnswer(new Answer(exported.Members, path, list.Canonical(address)), texts["Verb.Exported", new Count(exported.Members), path]);
    }

    /// <summary>The address of the page that shows the same.</summary>
    private async Task<QueryCollection> AddressAsync(VerbContext context, MembersView list, IStringLocalizer<MemberListTexts> texts)
    {
        var arguments = context.Arguments;
        var address = arguments.GetValue(_view) is { } view
            ? await ViewAsync(context, view, texts)
            : new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var filter in arguments.GetValue(_filter) ?? [])
        {
            // A filter that means nothing to the list would export everybody.
            var (key, value) =
                filter.Split('=', 2) is [{ Length: > 0 } k, { Length: > 0 } v] && k is not (Sort or ColumnChoice.Parameter)
                    ? (k, v)
                    : throw new ProblemsException(texts["Verb.NoFilter", filter]);
            if (list.Canonical(new QueryCollection(new Dictionary<string, StringValues> { [key] = value })).Length == 0)
                throw new ProblemsException(texts["Verb.NoFilter", filter]);
            address[key] = value;
        }
        if (arguments.GetValue(_sort) is { } sort)
            address[Sort] = list.Orders.Names.Contains(sort is ['-', .. var name] ? name : sort)
                ? sort
                : throw new ProblemsException(texts["Verb.NoSort", sort, string.Join(", ", list.Orders.Names)]);
        if (arguments.GetValue(_columns) is { } columns)
        {
            var known = Enum.GetValues<MemberColumn>().Select(EnumText.Of).ToList();
            if (columns.Split(',').FirstOrDefault(c => !known.Contains(c)) is { } unknown)
                throw new ProblemsException(texts["Verb.NoColumn", unknown, string.Join(", ", known)]);
            address[ColumnChoice.Parameter] = columns;
        }
        return new QueryCollection(address);
    }

    private static async Task<Dictionary<string, StringValues>> ViewAsync(VerbContext context, string name, IStringLocalizer<MemberListTexts> texts)
    {
        if (context.Services.GetRequiredService<CurrentUser>().Actor.Id is null)
            throw new ProblemsException(texts["Verb.WhoseView"]);
        var views = await context.Bus.QueryAsync(new ListSavedViews(MembersView.ListName), context.Cancellation);
        var view =
            views.OrderBy(v => v.Shared).FirstOrDefault(v => string.Equals(v.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)) // one's own before a shared one
            ?? throw new ProblemsException(texts["Verb.NoView", name, string.Join(", ", views.Select(v => $"„{v.Name}“"))]);
        return ListQuery.Parse(view.Query).ToDictionary(StringComparer.Ordinal);
    }

    private sealed record Answer(int Members, string File, string Query);
}
