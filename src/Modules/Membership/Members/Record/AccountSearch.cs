using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Record;

/// <summary>Members in the one search box, by what only they have: telephone, IBAN, mandate, an e-mail address for documents.</summary>
internal sealed class AccountSearch(IMessageBus bus, IStringLocalizer<MembersTexts> texts) : ISearchProvider
{
    public string Permission => MembersFeature.Read;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string text, int limit, CancellationToken ct)
    {
        var found = await bus.QueryAsync(new FindByAccount(text, limit), ct);
        return [.. found.Select(m => new SearchHit(texts["Search.Member"], m.Name, $"{m.Number} · {m.What}", MembershipPages.Member(m.Number)))];
    }
}

/// <summary>Members with this telephone number, IBAN, mandate or e-mail address for documents, or the greater part of one.</summary>
[Permission(MembersFeature.Read)]
internal sealed record FindByAccount(string Text, int Limit) : IQuery<IReadOnlyList<FoundAccount>>;

/// <param name="Number">Mitgliedsnummer.</param>
/// <param name="Name">Of the member.</param>
/// <param name="What">What was found.</param>
internal sealed record FoundAccount(string Number, string Name, string What);

internal static class FindByAccountHandler
{
    private const int Longest = 100;
    private const int FewestDigits = 5; // less is a postal code or a member's number
    private const int ShortestIban = 8;

    public static async Task<IReadOnlyList<FoundAccount>> Handle(FindByAccount query, MembershipDb db, CancellationToken ct)
    {
        var text = TidyText.Line(query.Text);
        if (text.Length is < FewestDigits or > Longest)
            return [];
        var bare = string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        var digits = Phone(text);
        var connection = await db.ConnectionAsync(ct);
        var rows = await connection.QueryAsync<FoundAccount>(
            new CommandDefinition(
                """
                select m.number, m.name, f.what
                  from (
                    select id, case when @digits <> '' and regexp_replace(phone, '[^0-9]', '', 'g') like '%' || @digits || '%' then phone
                                    when @iban <> '' and iban like '%' || @iban || '%' then iban
                                    when upper(mandate_reference) = upper(@text) then mandate_reference
                                    when lower(billing_email) = lower(@text) then billing_email end as what
                      from membership.member
                    union all
                    select member_id, phone from membership.contact
                     where @digits <> '' and regexp_replace(phone, '[^0-9]', '', 'g') like '%' || @digits || '%'
                  ) f join membership.member m on m.id = f.id
                 where f.what is not null
                 order by m.name, m.number
                 limit @limit
                """,
                new
                {
                    text,
                    digits,
                    iban = bare.Length >= ShortestIban && bare.Any(char.IsAsciiDigit) ? bare : "",
                    limit = Math.Clamp(query.Limit, 1, 50),
                },
                cancellationToken: ct
            )
        );
        return [.. rows.DistinctBy(r => (r.Number, r.What))];
    }

    // „+49 6841 100“, „0049 6841 100“ and „06841 100“ are one number.
    private static string Phone(string text)
    {
        if (text.Any(char.IsLetter))
            return "";
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var bare =
            text.StartsWith('+') && digits.Length > 2 ? digits[2..]
            : digits.StartsWith("00", StringComparison.Ordinal) && digits.Length > 4 ? digits[4..]
            : digits.TrimStart('0');
        return bare.Length >= FewestDigits ? bare : "";
    }
}
