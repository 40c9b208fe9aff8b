using Association.Membership.Contracts;

namespace Association.Billing.Data;

/// <summary>The words for payment routes in the tables.</summary>
internal static class PaymentRoutes
{
    public static string ToColumn(this PaymentRoute route) => route == PaymentRoute.DirectDebit ? "direct_debit" : "transfer";

    public static PaymentRoute FromColumn(string column) => column == "direct_debit" ? PaymentRoute.DirectDebit : PaymentRoute.Transfer;
}
