using Association.Events.Planning.Model;
using Association.Events.Pricing;
using Association.Events.Registering.Form;
using Association.Events.Tests.Planning;
using Association.Events.Tests.Registering.Form;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Events.Tests.Pricing;

/// <summary>Class fixture: an office with members, whose events cost something.</summary>
public sealed class PricingOffice : IAsyncLifetime
{
    private int _numbers = 4000;

    public RegisteringOffice Registering { get; } = new();

    public PlanningOffice Planning => Registering.Planning;

    public async Task InitializeAsync()
    {
        await Registering.InitializeAsync();
        var system = Planning.Office.As(Actor.System); // the office ends it
        foreach (var data in system.Services.GetServices<IInitialData>().OrderBy(d => d.Order))
            await data.SeedAsync(CancellationToken.None);
    }

    public Task DisposeAsync() => Registering.DisposeAsync();

    /// <summary>A member whose mail address is known, with its number.</summary>
    internal async Task<(MemberId Id, string Number)> MemberAsync(string name, string email, string category = "hospital", string? left = null)
    {
        var (id, number) = (MemberId.New(), $"{_numbers++}");
        await using var connection = await Planning.Office.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into membership.member (id, number, kind, name, category, joined_on, left_on, left_reason, street, postal_code, town, email, payment_route)
            values (@id, @number, 'organisation', @name, @category, '2015-03-01', @left::date, case when @left is not null then 'resignation' end,
                    'Am Markt 1', '66822', 'Lebach', @email, 'transfer')
            """,
            new
            {
                id = id.Value,
                number,
                name,
                email,
                category,
                left,
            }
        );
        return (id, number);
    }

    internal static TypedPayer Payer(string name = "Cabinet Weber", string country = "FR", string postalCode = "57000", string town = "Metz") =>
        new(name, "1 rue Serpenoise", postalCode, town, country, "", Collective: false);

    /// <summary>Lets messages be handled and mails leave.</summary>
    internal Task SettleAsync() => Planning.Office.DrainAsync();

    /// <summary>Live invoices, the oldest first: gross, tax, open, holder's number.</summary>
    internal async Task<IReadOnlyList<(string Number, decimal Amount, decimal Tax, decimal Open, string Holder)>> InvoicesAsync(EventPlan plan)
    {
        await SettleAsync();
        await using var connection = await Planning.Office.Database.OpenConnectionAsync();
        return (
            await connection.QueryAsync<(string, decimal, decimal, decimal, string)>(
                """
                select i.number, i.amount,
                       (select coalesce(sum(l.credit - l.debit), 0) from billing.posting p join billing.posting_line l on l.posting_id = p.id
                         where p.invoice_id = i.id and p.kind = 'invoice' and l.ledger_account = 'vat'),
                       coalesce(o.open, 0), a.member_number
                  from billing.invoice i join billing.account a on a.id = i.account_id left join billing.open_item o on o.invoice_id = i.id
                  join events.bill b on b.id = i.charge_id join events.payer y on y.id = b.payer_id
                 where y.event_id = @id and i.kind = 'invoice' and not exists (select from billing.invoice c where c.cancels_id = i.id)
                 order by i.sequence
                """,
                new { id = plan.Id }
            )
        ).AsList();
    }

    internal async Task ShouldVerifyAsync()
    {
        await SettleAsync();
        var scope = Planning.Office.As(Roles.Office); // the office ends it
        foreach (var check in scope.Services.GetServices<IVerifyCheck>())
            (await check.RunAsync(CancellationToken.None)).ShouldSatisfyAllConditions(r => r.Ok.ShouldBeTrue($"{check.Name}: {r.Detail}"));
    }
}
