using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Dapper;

namespace Association.Billing.Accounts;

/// <summary>Billing's copy of what it needs of members: read again from <see cref="IMemberDirectory"/>, written set-based.</summary>
internal static class AccountRefresh
{
    /// <summary>Reads the members again and brings their accounts up to date; a missing account is opened.</summary>
    /// <returns>The accounts of the members that exist.</returns>
    public static async Task<IReadOnlyDictionary<MemberId, RefreshedAccount>> RunAsync(
        BillingDb db,
        IMemberDirectory directory,
        IReadOnlyCollection<MemberId> members,
        CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        // One refresh at a time, and the lock before the reading: what was read earlier never overwrites what was read later.
        await db.OneAtATimeAsync("billing.account", ct);
        var cards = await directory.ReadAsync(members, ct);
        if (cards.Count == 0)
            return new Dictionary<MemberId, RefreshedAccount>();

        var ids = await connection.QueryAsync<(Guid Id, Guid Member)>(new CommandDefinition(UpsertSql, Columns(cards), db.Transaction, cancellationToken: ct));
        var byMember = cards.ToDictionary(c => c.Id);
        return ids.ToDictionary(row => new MemberId(row.Member), row => new RefreshedAccount(new AccountId(row.Id), byMember[new MemberId(row.Member)]));
    }

    // A card that says direct debit without IBAN or mandate pays by transfer: nothing could be collected.
    private static object Columns(IReadOnlyList<MemberCard> cards) =>
        new
        {
            ids = cards.Select(_ => AccountId.New().Value).ToArray(),
            members = cards.Select(c => c.Id.Value).ToArray(),
            numbers = cards.Select(c => c.Number).ToArray(),
            names = cards.Select(c => c.Name).ToArray(),
            categories = cards.Select(c => c.Category).ToArray(),
            languages = cards.Select(c => c.Language).ToArray(),
            recipients = cards.Select(c => BillingJson.Write(c.Recipient)).ToArray(),
            emails = cards.Select(c => c.Email).ToArray(),
            noPost = cards.Select(c => c.NoPost).ToArray(),
            ibans = cards.Select(c => c.Iban).ToArray(),
            mandates = cards.Select(c => c.MandateReference).ToArray(),
            signed = cards.Select(c => c.MandateSignedOn).ToArray(),
            routes = cards.Select(c => EnumText.Of(RefreshedAccount.UsableRoute(c))).ToArray(),
            buyers = cards.Select(c => c.BuyerReference).ToArray(),
        };

    private const string UpsertSql = """
        insert into billing.account as a (id, member_id, member_number, name, category, language, recipient, email, no_post,
                                          iban, mandate_reference, mandate_signed_on, payment_route, buyer_reference)
        select * from unnest(@ids, @members, @numbers, @names, @categories, @languages, @recipients::jsonb[], @emails, @noPost,
                             @ibans, @mandates, @signed::date[], @routes, @buyers)
        on conflict (member_id) do update set
          member_number = excluded.member_number, name = excluded.name, category = excluded.category, language = excluded.language,
          recipient = excluded.recipient, email = excluded.email, no_post = excluded.no_post, iban = excluded.iban,
          mandate_reference = excluded.mandate_reference, mandate_signed_on = excluded.mandate_signed_on,
          payment_route = excluded.payment_route, buyer_reference = excluded.buyer_reference, refreshed_at = now()
        returning a.id, a.member_id
        """;
}

/// <summary>An account and the card from which it was just refreshed.</summary>
internal sealed record RefreshedAccount(AccountId Id, MemberCard Card)
{
    /// <summary>How this member's next invoice is paid.</summary>
    public PaymentRoute Route => UsableRoute(Card);

    internal static PaymentRoute UsableRoute(MemberCard card) =>
        card is { Route: PaymentRoute.DirectDebit, Iban: not null, MandateReference: not null } ? PaymentRoute.DirectDebit : PaymentRoute.Transfer;
}
