using Association.Events.Booking.Keeping;
using Association.Events.Booking.Model;
using Association.Events.Registering.Form;
using Association.Platform.Messaging;
using Dapper;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Registering.Own;

/// <summary>Other parts of the programme. Who has a seat keeps it when another part is full; who waits keeps the place.</summary>
/// <param name="Key">The secret of the link.</param>
/// <param name="Sessions">Bookable ones, all that are wanted from now on.</param>
[AnyoneMay("Whoever holds the link registered, or was mailed it; it has 256 random bits.")]
internal sealed record ChooseOwnSessions(string? Key, IReadOnlyList<Guid> Sessions) : ICommand;

internal static class ChooseOwnSessionsHandler
{
    public static Task<OpenedRegistration?> LoadAsync(
        ChooseOwnSessions command,
        IDocumentSession session,
        IUnitOfWork unit,
        TimeProvider clock,
        CancellationToken ct
    ) => OpenedRegistration.FindAsync(command.Key, session, unit, clock, ct);

    public static IEnumerable<Problem> Validate(
        ChooseOwnSessions command,
        OpenedRegistration? opened,
        FormProblems problems,
        TimeProvider clock,
        IStringLocalizer<RegisterTexts> texts
    ) => OpenedRegistration.Obstacle(opened, clock, texts) is { } obstacle ? [obstacle] : problems.Sessions([.. command.Sessions.Distinct()], 0, opened!.Plan);

    public static async Task<OutgoingMessages> HandleAsync(
        ChooseOwnSessions command,
        OpenedRegistration opened,
        BookKeeper keeper,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    )
    {
        var needs = await unit.Connection.ExecuteScalarAsync<Guid[]>(
            new CommandDefinition(
                "select needs from events.registration where id = @id",
                new { id = opened.Registration.Value },
                unit.Transaction,
                cancellationToken: ct
            )
        );
        var sessions = opened.Plan.Bookable.Select(s => s.Id).ToHashSet();
        IReadOnlyList<PoolId> wanted = [.. needs!.Where(n => !sessions.Contains(n)).Concat(command.Sessions).Distinct().Select(PoolId.From)];
        return (await keeper.DecideAsync(new ChangeRegistration(opened.Plan.EventId, opened.Registration, wanted), unit, session, ct)).Messages;
    }
}
