using Association.Events.Calendars;
using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Events.Registering.Mails;

/// <summary>The calendar entry that goes with a mail: one file a language and state of the event, however many get it.</summary>
internal sealed class CalendarFiles(IUnitOfWork unit)
{
    private readonly Dictionary<(Guid, int, string), Guid> _known = [];

    /// <summary>In the archive.</summary>
    /// <param name="plan">Of the event.</param>
    /// <param name="language">Of the texts.</param>
    /// <param name="site">Where its page is.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<Guid> OfAsync(EventPlan plan, string language, string site, CancellationToken ct)
    {
        var key = (plan.Id, plan.Sequence, language);
        if (!_known.TryGetValue(key, out var file))
            _known[key] = file = await FindAsync(key, ct) ?? await MakeAsync(plan, language, site, ct);
        return file;
    }

    private Task<Guid?> FindAsync((Guid Event, int Sequence, string Language) key, CancellationToken ct) =>
        unit.Connection.ExecuteScalarAsync<Guid?>(
            new CommandDefinition(
                "select archive_file_id from events.calendar_file where event_id = @Event and sequence = @Sequence and language = @Language",
                new
                {
                    key.Event,
                    key.Sequence,
                    key.Language,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );

    // Of two who make it at once the second waits for the row of the first, and takes its file.
    private async Task<Guid> MakeAsync(EventPlan plan, string language, string site, CancellationToken ct)
    {
        var bytes = CalendarFile.Of(plan, language, site + EventsPages.Public(plan.Slug, language));
        var file = ArchivedFile.New(plan.Slug + ".ics", CalendarFile.MediaType, bytes) with { Removable = true };
        await FileArchive.AddAsync(unit.Connection, [file], ct);
        return await unit.Connection.ExecuteScalarAsync<Guid>(
            new CommandDefinition(
                """
                insert into events.calendar_file values (@Id, @Sequence, @language, @file)
                on conflict (event_id, sequence, language) do update set language = excluded.language
                returning archive_file_id
                """,
                new
                {
                    plan.Id,
                    plan.Sequence,
                    language,
                    file = file.Id,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
    }
}
