using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Deliveries;

/// <summary>How a member's documents leave.</summary>
internal enum DeliveryChoice
{
    /// <summary>By mail, without an address on paper.</summary>
    Automatic,

    /// <summary>On paper.</summary>
    Paper,

    /// <summary>By mail and on paper.</summary>
    Both,
}

/// <summary>Keep how a member wants its documents.</summary>
[Permission(BillingModule.Send)]
internal sealed record ChooseDelivery(MemberId Member, DeliveryChoice Choice) : ICommand;

internal static class ChooseDeliveryHandler
{
    public static async Task HandleAsync(ChooseDelivery command, BillingDb db, IStringLocalizer<DeliveryTexts> texts, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var account = await connection.QuerySingleOrDefaultAsync<Guid?>(
            new CommandDefinition(
                "select id from billing.account where member_id = @member for no key update",
                new { member = command.Member.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (account is null)
            throw new ProblemsException(texts["Choice.Problem"]);
        await connection.ExecuteAsync(
            new CommandDefinition(
                command.Choice == DeliveryChoice.Automatic
                    ? "delete from billing.delivery_choice where account_id = @account"
                    : """
                    insert into billing.delivery_choice (account_id, routes) values (@account, @routes)
                    on conflict (account_id) do update set routes = excluded.routes where delivery_choice.routes <> excluded.routes
                    """,
                new { account, routes = EnumText.Of(command.Choice) },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }
}
