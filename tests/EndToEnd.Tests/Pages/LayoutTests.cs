using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>Every page stays inside its window, every element inside its box, and every table shows its money and its states where offices work.</summary>
[Collection(FilledOfficeCollection.Name)]
public sealed class LayoutTests(FilledOffice filled, Chromium chromium)
{
    public static TheoryData<string> Logins => [.. Addresses.All.Select(p => p.Login).Distinct()];

    [SkippableTheory]
    [MemberData(nameof(Logins))]
    public async Task nothing_leaves_its_box_and_no_table_hides_money_or_state_at_1280_1440_and_390(string login)
    {
        await using var visit = await Visit.BeginAsync(chromium, filled.Office, width: Layout.OfficeWidth);
        if (login.Length > 0)
            await visit.SignInAsync(login);
        var faults = new List<string>(); // of all pages at once: mending one after the other would take a run each
        foreach (var path in Addresses.All.Where(p => p.Login == login).Select(p => p.Path).Concat(login == "office" ? Filled : []))
        {
            await visit.Page.SetViewportSizeAsync(Layout.OfficeWidth, 900);
            await visit.Page.GotoAsync(path);
            foreach (var width in (int[])[Layout.OfficeWidth, 1440, 390])
            {
                faults.AddRange((await Layout.FaultsAsync(visit.Page, width)).Select(f => $"{path} at {width}: {f}"));
                await visit.ShootAsync($"layout-{login}-{NameOf(path)}-{width}");
            }
        }
        faults.ShouldBeEmpty();
    }

    // Pages that need something issued.
    private IReadOnlyList<string> Filled =>
        [
            "/office/members/6005",
            "/office/members/6005/account",
            $"/office/dues/{filled.Run}",
            $"/office/dues/{filled.Run}/charges",
            $"/office/invoices/{filled.Invoices.Open}",
            $"/office/invoices/{filled.Invoices.Open}/payment",
            $"/office/invoices/{filled.Invoices.Open}/cancel",
            $"/office/invoices/{filled.Invoices.Open}/relief",
            $"/office/invoices/{filled.Invoices.Open}/recipient",
            $"/office/invoices/{filled.Invoices.Paid}",
            $"/office/invoices/{filled.Invoices.Cancelled}",
            $"/office/sending?run={filled.Run}",
            "/office/accounts/6005",
        ];

    private static string NameOf(string path) => string.Join('-', path.Split(['/', '?', '=', '&', '%'], StringSplitOptions.RemoveEmptyEntries));
}
