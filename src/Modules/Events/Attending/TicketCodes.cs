using System.Security.Cryptography;
using Dapper;
using Npgsql;

namespace Association.Events.Attending;

/// <summary>What a ticket says at the door: fifty random bits, so that nobody guesses another one's. It opens nothing but the door.</summary>
internal static class TicketCodes
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Characters = 10;

    /// <summary>A code as it is compared: blanks, hyphens, case and what looks alike (O for 0, I and L for 1) do not matter.</summary>
    public static string Tidy(string typed) =>
        string.Concat(
            typed
                .Where(char.IsAsciiLetterOrDigit)
                .Take(2 * Characters)
                .Select(c =>
                    char.ToUpperInvariant(c) switch
                    {
                        'O' => '0',
                        'I' or 'L' => '1',
                        var other => other,
                    }
                )
        );

    /// <summary>„K7QX9-M2P4R“, to be read and typed.</summary>
    public static string Shown(string code) => $"{code[..(Characters / 2)]}-{code[(Characters / 2)..]}";

    /// <summary>The codes of these registrations; who has none yet gets one.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> OfAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<Guid> registrations,
        CancellationToken ct
    )
    {
        var ids = registrations.ToArray();
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into events.ticket_code (registration_id, code)
                select a.registration_id, n.code from unnest(@ids, @fresh) as n (id, code) join events.attendee a on a.registration_id = n.id
                on conflict (registration_id) do nothing
                """,
                new { ids, fresh = ids.Select(_ => RandomNumberGenerator.GetString(Alphabet, Characters)).ToArray() },
                cancellationToken: ct
            )
        );
        var rows = await connection.QueryAsync<(Guid Id, string Code)>(
            new CommandDefinition("select registration_id, code from events.ticket_code where registration_id = any (@ids)", new { ids }, cancellationToken: ct)
        );
        return rows.ToDictionary(r => r.Id, r => r.Code);
    }

    /// <summary>The ticket of a registration holds no more: somebody else comes.</summary>
    public static Task RevokeAsync(NpgsqlConnection connection, Guid registration, CancellationToken ct) =>
        connection.ExecuteAsync(
            new CommandDefinition("delete from events.ticket_code where registration_id = @registration", new { registration }, cancellationToken: ct)
        );
}
