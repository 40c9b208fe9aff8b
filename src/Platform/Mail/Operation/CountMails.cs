using Association.Platform.Data;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Platform.Mail.Operation;

/// <summary>How many mails are in which state, and whether they can leave.</summary>
[Permission(MailPermissions.Read)]
public sealed record CountMails(MailFilter? Filter = null) : IQuery<MailCounts>;

/// <summary>The mails at a glance.</summary>
/// <param name="ByState">States without a mail are missing.</param>
/// <param name="HasServer">Whether a server is set.</param>
/// <param name="Stuck">How many wait although they were tried several times.</param>
/// <param name="Kinds">What there are mails about.</param>
public sealed record MailCounts(IReadOnlyDictionary<MailState, int> ByState, bool HasServer, int Stuck, IReadOnlyList<string> Kinds)
{
    /// <summary>Before anything was read.</summary>
    public static readonly MailCounts None = new(new Dictionary<MailState, int>(), true, 0, []);

    /// <summary>All that match.</summary>
    public int Total => ByState.Values.Sum();

    /// <summary>Refused, or too late.</summary>
    public int Undeliverable => Of(MailState.Refused) + Of(MailState.Expired);

    /// <summary>How many are in a state.</summary>
    public int Of(MailState state) => ByState.GetValueOrDefault(state);
}

internal static class CountMailsHandler
{
    public static async Task<MailCounts> HandleAsync(CountMails query, OfficeDatabase database, IOfficeRules rules, CancellationToken ct)
    {
        var where = (query.Filter ?? new()).ToSql();
        where.Parameters.Add("ManyAttempts", MailBacklog.ManyAttempts);
        await using var connection = await database.OpenConnectionAsync(ct);
        var rows = (
            await connection.QueryAsync<(string State, string Kind, int Mails, int Stuck)>(
                new CommandDefinition(
                    $"""
                    select m.state, m.kind, count(*)::int, (count(*) filter (where m.state = 'waiting' and m.attempts >= @ManyAttempts))::int
                      from mail.outgoing_mail m where {where.Sql} group by m.state, m.kind
                    """,
                    where.Parameters,
                    cancellationToken: ct
                )
            )
        ).AsList();
        return new MailCounts(
            rows.GroupBy(r => EnumText.Parse<MailState>(r.State)).ToDictionary(g => g.Key, g => g.Sum(r => r.Mails)),
            (await rules.CurrentAsync(ct)).Mail.HasServer,
            rows.Sum(r => r.Stuck),
            [.. rows.Select(r => r.Kind).Distinct().Order(StringComparer.Ordinal)]
        );
    }
}
