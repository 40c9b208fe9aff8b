using Association.Billing.Data;
using Association.Events.Contracts;
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
        return ids.ToDictionary(
            row => new MemberId(row.Member),
            row => new RefreshedAccount(new AccountId(row.Id), Debtor.Of(byMember[new MemberId(row.Member)]))
        );
    }

    /// <summary>Opens the accounts of those who pay and are no members, or brings them up to date.</summary>
    /// <returns>By the ids under which the selling module knows them.</returns>
    public static async Task<IReadOnlyDictionary<Guid, RefreshedAccount>> GuestsAsync(BillingDb db, IReadOnlyCollection<BillPayer> payers, CancellationToken ct)
    {
        if (payers.Count == 0)
            return new Dictionary<Guid, RefreshedAccount>();
        var connection = await db.ConnectionAsync(ct);
        await db.OneAtATimeAsync("billing.account", ct);
        var byId = payers.ToDictionary(p => p.Debtor);
        var rows = await connection.QueryAsync<(Guid Id, Guid Debtor, string Number)>(
            new CommandDefinition(
                """
                insert into billing.account as a (id, debtor_id, member_number, name, category, language, recipient, email, no_post, payment_route)
                select id, debtor, 'GAST-' || lpad(nextval('billing.guest_number')::text, 5, '0'), name, '', language, recipient, email, false, 'transfer'
                  from unnest(@ids, @debtors, @names, @languages, @recipients::jsonb[], @emails) as p (id, debtor, name, language, recipient, email)
                on conflict (debtor_id) do update set
                  name = excluded.name, language = excluded.language, recipient = excluded.recipient, email = excluded.email, refreshed_at = now()
                returning a.id, a.debtor_id, a.member_number
                """,
                new
                {
                    ids = byId.Values.Select(_ => AccountId.New().Value).ToArray(),
                    debtors = byId.Keys.ToArray(),
                    names = byId.Values.Select(p => p.Name).ToArray(),
                    languages = byId.Values.Select(p => p.Language).ToArray(),
                    recipients = byId.Values.Select(p => BillingJson.Write(p.Address)).ToArray(),
                    emails = byId.Values.Select(p => p.Email.Length > 0 ? p.Email : null).ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return rows.ToDictionary(row => row.Debtor, row => new RefreshedAccount(new AccountId(row.Id), Debtor.Of(row.Number, byId[row.Debtor])));
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

/// <summary>An account and what was just refreshed of it.</summary>
internal sealed record RefreshedAccount(AccountId Id, Debtor Debtor)
{
    /// <summary>How the next invoice is paid.</summary>
    public PaymentRoute Route => Debtor.Iban is not null && Debtor.MandateReference is not null ? PaymentRoute.DirectDebit : PaymentRoute.Transfer;

    internal static PaymentRoute UsableRoute(MemberCard card) =>
        card is { Route: PaymentRoute.DirectDebit, Iban: not null, MandateReference: not null } ? PaymentRoute.DirectDebit : PaymentRoute.Transfer;
}

/// <summary>Who owes, as an invoice tells it.</summary>
/// <param name="Number">Of the member, or of a guest's account: <c>GAST-00012</c>.</param>
/// <param name="Name">Whose claim it is.</param>
/// <param name="Language"><c>de</c>, <c>fr</c> or <c>en</c>.</param>
/// <param name="Recipient">What stands in the window.</param>
/// <param name="BuyerReference">To print; null without.</param>
/// <param name="Iban">To be debited; null: pays by transfer.</param>
/// <param name="MandateReference">The same.</param>
internal sealed record Debtor(
    string Number,
    string Name,
    string Language,
    PrintedAddress Recipient,
    string? BuyerReference,
    string? Iban,
    string? MandateReference
)
{
    public static Debtor Of(MemberCard card)
    {
        var debited = RefreshedAccount.UsableRoute(card) == PaymentRoute.DirectDebit;
        return new(
            card.Number,
            card.Name,
            card.Language,
            card.Recipient,
            card.BuyerReference,
            debited ? card.Iban : null,
            debited ? card.MandateReference : null
        );
    }

    public static Debtor Of(string number, BillPayer guest) => new(number, guest.Name, guest.Language, guest.Address, null, null, null);
}
