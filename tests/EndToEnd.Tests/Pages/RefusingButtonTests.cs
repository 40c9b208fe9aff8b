using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>No page shows a button whose command can only be refused: for want of the permission, or for the state of the record that the page shows.</summary>
[Collection(FilledOfficeCollection.Name)]
public sealed partial class RefusingButtonTests(FilledOffice filled)
{
    // Of each kind of page, and of the same button on it, so many are looked at: records in different states have the same address but for their number.
    private const int OfAKind = 3;

    [Theory]
    [InlineData("office"), InlineData("board"), InlineData("admin")]
    public async Task every_button_of_every_page_does_something_for_whoever_sees_it(string login)
    {
        using var visit = await new HttpVisit(filled.Office.Address).SignInAsync(login);
        var (faults, forms) = (new SortedSet<string>(StringComparer.Ordinal), 0);
        var (next, kinds) = (new Queue<string>(), new Dictionary<string, int>());
        foreach (var path in Start(login))
            Look(path);
        while (next.TryDequeue(out var path))
        {
            using var response = await visit.GetAsync(path);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            var page = await HttpVisit.ReadAsync(response);
            foreach (var link in page.QuerySelectorAll("main a[href^='/office'], nav a[href^='/office']").Where(a => !a.HasAttribute("download")))
                if (link.GetAttribute("href") is { } href && !href.Contains('?', StringComparison.Ordinal)) // a filtered list has the buttons of the list
                    Look(href.Split('#')[0]);
            foreach (var form in page.QuerySelectorAll("main form[method=post]").OfType<IHtmlFormElement>())
            foreach (var button in ButtonsOf(page, form))
            {
                var same = $"{KindOf(path)} {button.TextContent.Trim()}";
                if ((kinds[same] = kinds.GetValueOrDefault(same) + 1) > OfAKind)
                    continue;
                forms++;
                foreach (var refusal in await RefusalsAsync(visit, path, form, button))
                    faults.Add($"{KindOf(path)}: „{button.TextContent.Trim()}“ → {refusal} ({path})");
            }
        }
        forms.ShouldBeGreaterThan(5);
        faults.ShouldBeEmpty();

        void Look(string path)
        {
            var kind = KindOf(path);
            if (kinds.GetValueOrDefault(kind) >= OfAKind)
                return;
            if (kinds.TryAdd(path == kind ? path : "= " + path, OfAKind))
            {
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                next.Enqueue(path);
            }
        }
    }

    private IEnumerable<string> Start(string login)
    {
        var (open, paid, cancelled) = filled.Invoices;
        return Addresses
            .All.Where(a => a.Login == login && a.Path.StartsWith("/office", StringComparison.Ordinal))
            .Select(a => a.Path)
            .Concat(
                from number in (string[])[cancelled, paid, open]
                from below in (string[])["", "/payment", "/cancel", "/relief", "/recipient"]
                select $"/office/invoices/{number}{below}"
            );
    }

    // Nothing is typed here; this one asks for something that differs from what the fields say.
    private static bool MissesAChange(Asked asked) => asked.Command == "ReaddressInvoice";

    // What the browser would send, with what the page has put into the fields.
    private static async Task<IReadOnlyList<string>> RefusalsAsync(HttpVisit visit, string path, IHtmlFormElement form, IElement button)
    {
        var ask = Guid.CreateVersion7().ToString("N");
        var fields = FieldsOf(form).ToList();
        if (button.GetAttribute("name") is { Length: > 0 } name)
            fields.Add(new(name, button.GetAttribute("value") ?? ""));
        using var request = new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action") is { Length: > 0 } action ? action : path);
        request.Headers.Add(AskingBus.Header, ask);
        request.Content = new FormUrlEncodedContent(fields);
        using var response = await visit.SendAsync(request);
        // A field can be filled in otherwise; what concerns no field of the form cannot be mended here.
        var open = form.QuerySelectorAll("input:not([type=hidden]), select, textarea")
            .Select(f => f.GetAttribute("name") ?? "")
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from asked in AskingBus.Take(ask)
            from refusal in asked.MayNot
                ? ["not permitted"]
                : asked.Problems.Where(p => open.Count == 0 || (p.Field.Length == 0 && !MissesAChange(asked))).Select(p => $"{p.Field}: {p.Text}")
            select $"{asked.Command} {refusal}",
        ];
    }

    private static IEnumerable<IElement> ButtonsOf(IParentNode page, IHtmlFormElement form) =>
        form.QuerySelectorAll("button, input[type=submit]")
            .Concat(form.Id is { Length: > 0 } id ? page.QuerySelectorAll($"button[form='{id}']") : [])
            .Where(b => b.GetAttribute("type") is not ("button" or "reset") && !b.HasAttribute("disabled") && !b.HasAttribute("formaction"));

    private static IEnumerable<KeyValuePair<string, string>> FieldsOf(IHtmlFormElement form)
    {
        foreach (var field in form.QuerySelectorAll("input, select, textarea").Where(f => !f.HasAttribute("disabled")))
        {
            var (name, type) = (field.GetAttribute("name"), field.GetAttribute("type"));
            if (string.IsNullOrEmpty(name) || type == "file" || (type is "checkbox" or "radio" && !field.HasAttribute("checked")))
                continue;
            var value = field switch
            {
                IHtmlSelectElement select => select.Value ?? "",
                IHtmlTextAreaElement area => area.TextContent,
                _ => field.GetAttribute("value") ?? (type == "checkbox" ? "on" : ""),
            };
            yield return new(name, value);
        }
    }

    /// <summary>The address with its numbers and names taken out.</summary>
    private static string KindOf(string path) => Names().Replace(Values().Replace(path, "=*"), "/*");

    [GeneratedRegex("=[^&]*")]
    private static partial Regex Values();

    [GeneratedRegex("/[^/?]*[0-9][^/?]*")]
    private static partial Regex Names();
}
