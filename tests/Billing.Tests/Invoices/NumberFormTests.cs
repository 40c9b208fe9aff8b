using Association.Billing.Invoices;
using Association.Billing.Tests.Office;
using Association.Platform.Data.Settings;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Invoices;

/// <summary>How numbers are written is a setting; what was issued keeps its number, and no two are ever alike.</summary>
public sealed class NumberFormTests : IAsyncLifetime
{
    private BillingOffice _office = null!;

    public async Task InitializeAsync() => _office = await BillingOffice.OpenAsync();

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Fact]
    public async Task another_form_holds_for_new_numbers_and_counts_on_without_a_gap()
    {
        await IssueAsync();
        await _office.CancelAsync("BR-2026-00001", "Doppelt berechnet");

        await WriteAsync(new NumberRules { Invoices = new("RE", NumberYear.TwoDigits, 3), Cancellations = new("GS", Digits: 4) });
        (await StatesAsync()).ShouldBe(["RE-26-002", "VR-2026-00001", "GS-2026-0002", "EB-00001"]);
        await IssueAsync();
        await _office.CancelAsync("RE-26-002", "Doppelt berechnet");
        await WriteAsync(new NumberRules());
        await IssueAsync();

        (await _office.NumbersAsync()).ShouldBe(["BR-2026-00001", "RE-26-002", "BR-2026-00003", "ST-2026-00001", "GS-2026-0002"]);
        (await _office.InvoiceAsync("RE-26-002")).Content.Number.ShouldBe("RE-26-002");
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task more_numbers_than_digits_grow_and_stay_in_order()
    {
        await WriteAsync(new NumberRules { Invoices = new("BR", NumberYear.FourDigits, 3) });
        await _office.IssueAsync([.. Enumerable.Range(0, 1001).Select(_ => PlannedMembership.Charge(_office.Membership.AddMember(), 10))]);

        (await _office.NumbersAsync()).Skip(998).ShouldBe(["BR-2026-999", "BR-2026-1000", "BR-2026-1001"]);
    }

    [Fact]
    public async Task the_database_keeps_a_prefix_with_the_series_that_bears_it()
    {
        await IssueAsync();
        await WriteAsync(new NumberRules { Cancellations = new("BR") }); // as no command of the settings would allow

        await Should.ThrowAsync<PostgresException>(_office.CancelAsync("BR-2026-00001", "Doppelt berechnet"));

        (await _office.NumbersAsync()).ShouldBe(["BR-2026-00001"]);
        (
            await Should.ThrowAsync<PostgresException>(_office.ExecuteAsync("update billing.number_prefix set series = 'ST' where prefix = 'BR'"))
        ).SqlState.ShouldBe("AS001");
        (await Should.ThrowAsync<PostgresException>(_office.ExecuteAsync("insert into billing.number_prefix values ('EB', 'BR')"))).SqlState.ShouldBe("23514");
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task the_series_tell_the_settings_every_prefix_that_they_bore()
    {
        await WriteAsync(new NumberRules { Invoices = new("RE") });
        await IssueAsync();
        await WriteAsync(new NumberRules { Invoices = new("XY") });

        var invoices = (await ListAsync()).Single(s => s.Rule == nameof(NumberRules.Invoices));

        invoices.Prefixes.ShouldBe(["BR", "RE", "XY"], ignoreOrder: true);
    }

    private Task IssueAsync() => _office.IssueAsync(PlannedMembership.Charge(_office.Membership.AddMember(), 120));

    private async Task WriteAsync(NumberRules numbers)
    {
        var rules = _office.Office.Services.GetRequiredService<IOfficeRules>();
        await using var connection = await _office.Office.Database.OpenConnectionAsync();
        await rules.SaveAsync(connection, (await rules.CurrentAsync(CancellationToken.None)) with { Numbers = numbers }, CancellationToken.None);
    }

    private async Task<IReadOnlyList<string>> StatesAsync() => [.. (await ListAsync()).Select(s => s.Next)];

    private async Task<IReadOnlyList<NumberSeriesState>> ListAsync()
    {
        await using var scope = _office.Office.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetServices<INumberSeries>().OfType<IssuedSeries>().Single().ListAsync(CancellationToken.None);
    }
}
