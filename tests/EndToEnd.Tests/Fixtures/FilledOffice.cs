using System.Net;
using System.Text.RegularExpressions;
using Association.Testing;
using Dapper;
using Xunit;

namespace Association.EndToEnd.Tests;

/// <summary>
/// An office with more members than fit on a page, the longest names, addresses and account numbers that occur, and the dues of a year invoiced: every list
/// has rows, and every column something in it.
/// </summary>
public sealed class FilledOffice : IAsyncLifetime
{
    /// <summary>Members of the demo and twice as many beside them.</summary>
    public const int Copies = 2;

    private readonly OfficeHost _office = new();

    public OfficeHost Office => _office;

    /// <summary>How many members there are.</summary>
    public int Members { get; private set; }

    /// <summary>The code of the dues run: <c>2027-1</c>.</summary>
    public string Run { get; private set; } = "";

    /// <summary>Numbers of invoices: one paid in part, one paid in full, one cancelled.</summary>
    public (string Open, string Paid, string Cancelled) Invoices { get; private set; }

    public async Task InitializeAsync()
    {
        await _office.InitializeAsync();
        await AddMembersAsync();
        using var anna = await new HttpVisit(_office.Address).SignInAsync("office");
        using var jonas = await new HttpVisit(_office.Address).SignInAsync("office2");
        var run = await TakenAsync(anna.SubmitAsync("/office/dues", "start", ("Year", "2027")));
        Run = run.Split('/')[^1];
        await TakenAsync(anna.SubmitAsync(run, "submit"));
        await TakenAsync(jonas.SubmitAsync(run, "approve"));
        await TakenAsync(jonas.SubmitAsync(run, "execute"));
        await InvoicedAsync();
        var numbers = await SmallestAsync();
        Invoices = (numbers[0], numbers[1], numbers[2]);
        await TakenAsync(anna.SubmitAsync($"/office/invoices/{numbers[0]}/payment", "payment", ("Amount", "1,00"), ("ReceivedOn", "20.11.2026")));
        var open = Regex.Match(
            (await anna.ReadAsync($"/office/invoices/{numbers[1]}/payment")).QuerySelector("input[name=Amount]")!.GetAttribute("value")!,
            @"\S+"
        );
        await TakenAsync(anna.SubmitAsync($"/office/invoices/{numbers[1]}/payment", "payment", ("Amount", open.Value), ("ReceivedOn", "20.11.2026")));
        await TakenAsync(anna.SubmitAsync($"/office/invoices/{numbers[2]}/cancel", "cancel", ("Reason", "Im Oktober ausgetreten")));
        if (await IsWaitingAsync(numbers[2]))
            await TakenAsync(jonas.SubmitAsync($"/office/invoices/{numbers[2]}/cancel", "approve"));
    }

    public Task DisposeAsync() => _office.DisposeAsync();

    private async Task AddMembersAsync()
    {
        await using var connection = await _office.ConnectAsync();
        await connection.ExecuteAsync(
            """
            insert into membership.member (id, number, kind, name, category, joined_on, street, postal_code, town, email, phone, payment_route, iban,
              mandate_reference, mandate_signed_on)
            select gen_random_uuid(), (number::int + 1000 * copy)::text, kind,
                   case copy when 1 then 'Krankenpflegeschulverbundgesellschaft Saar-Mosel-Pfalz gGmbH ' || number else name || ' II' end,
                   category, joined_on, street, postal_code, town,
                   case copy when 1 then 'rechnungseingang.mitgliedsbeitraege.' || number || '@krankenpflegeschulverbundgesellschaft-saar-mosel-pfalz.example' else email end,
                   phone, payment_route, iban, case when mandate_reference is null then null else mandate_reference || '-' || copy end, mandate_signed_on
              from membership.member cross join generate_series(1, @Copies) copy
            """,
            new { Copies }
        );
        Members = await connection.ExecuteScalarAsync<int>("select count(*) from membership.member");
    }

    // The documents follow in the background; what is not yet there would show as a state that nobody sees a minute later.
    private async Task InvoicedAsync()
    {
        await using var connection = await _office.ConnectAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (await connection.ExecuteScalarAsync<string>("select state from membership.dues_run") != "executed")
            await Task.Delay(200, patience.Token);
    }

    private async Task<string[]> SmallestAsync()
    {
        await using var connection = await _office.ConnectAsync();
        return [.. await connection.QueryAsync<string>("select number from billing.invoice where amount > 1 order by amount, number limit 3")];
    }

    private async Task<bool> IsWaitingAsync(string number)
    {
        await using var connection = await _office.ConnectAsync();
        return !await connection.ExecuteScalarAsync<bool>(
            "select exists (select from billing.invoice c join billing.invoice i on i.id = c.cancels_id where i.number = @number)",
            new { number }
        );
    }

    private static async Task<string> TakenAsync(Task<HttpResponseMessage> form)
    {
        using var response = await form;
        return response.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther
            ? response.Headers.Location!.OriginalString
            : throw new InvalidOperationException(
                string.Join(' ', (await HttpVisit.ReadAsync(response)).QuerySelectorAll(".callout, .error").Select(e => e.TextContent.Trim()))
            );
    }
}

[CollectionDefinition(Name)]
public sealed class FilledOfficeCollection : ICollectionFixture<FilledOffice>, ICollectionFixture<Chromium>
{
    public const string Name = "filled office";
}
