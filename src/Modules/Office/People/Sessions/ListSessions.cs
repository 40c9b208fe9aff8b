using Association.Office.People.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Association.Office.People.Sessions;

/// <summary>Where the signed-in person is signed in.</summary>
[Permission(IdentityModule.OwnAccount)]
internal sealed record ListOwnSessions : IQuery<IReadOnlyList<SessionView>>;

/// <summary>Where somebody is signed in.</summary>
[Permission(IdentityModule.ReadPeople)]
internal sealed record ListSessions(Guid PersonId) : IQuery<IReadOnlyList<SessionView>>;

/// <summary>A browser in which somebody is signed in.</summary>
/// <param name="Id">Names it when it is to be ended.</param>
/// <param name="Browser">Empty when unknown.</param>
/// <param name="System">Empty when unknown.</param>
/// <param name="FirstSeenAt">When the person signed in.</param>
/// <param name="LastSeenAt">At most five minutes old.</param>
/// <param name="IsOwn">Whether it is the browser that asks.</param>
public sealed record SessionView(Guid Id, string Browser, string System, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt, bool IsOwn);

/// <summary>Ends one of the own sessions, or all but this one.</summary>
/// <param name="Id">Null for all others.</param>
[Permission(IdentityModule.OwnAccount)]
internal sealed record EndOwnSessions(Guid? Id) : ICommand;

/// <summary>Ends all sessions of somebody: the next click leads to the sign-in.</summary>
[Permission(IdentityModule.EditPeople)]
internal sealed record EndSessions(Guid PersonId) : ICommand;

internal static class ListOwnSessionsHandler
{
    public static Task<IReadOnlyList<SessionView>> HandleAsync(
        ListOwnSessions _,
        IdentityDb db,
        OwnSession own,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    ) => ListSessionsHandler.ReadAsync(user.Id.Value, db, own, clock, ct);
}

internal static class ListSessionsHandler
{
    public static Task<IReadOnlyList<SessionView>> HandleAsync(ListSessions query, IdentityDb db, OwnSession own, TimeProvider clock, CancellationToken ct) =>
        ReadAsync(query.PersonId, db, own, clock, ct);

    internal static async Task<IReadOnlyList<SessionView>> ReadAsync(Guid personId, IdentityDb db, OwnSession own, TimeProvider clock, CancellationToken ct)
    {
        var silent = clock.GetUtcNow() - SessionStore.Silence;
        var sessions = await db
            .Sessions.AsNoTracking()
            .Where(s => s.PersonId == personId && s.EndedAt == null && s.LastSeenAt > silent)
            .OrderByDescending(s => s.LastSeenAt)
            .ToListAsync(ct);
        return
        [
            .. sessions.Select(s => new SessionView(s.Id, s.Browser, s.System, s.FirstSeenAt, s.LastSeenAt, s.Id == own.Id)).OrderByDescending(s => s.IsOwn),
        ];
    }
}

internal static class EndOwnSessionsHandler
{
    public static Task HandleAsync(EndOwnSessions command, IdentityDb _, SessionEnd sessions, CurrentUser user, CancellationToken ct) =>
        sessions.OfAsync(user.Id.Value, ct, command.Id);
}

internal static class EndSessionsHandler
{
    public static Task HandleAsync(EndSessions command, IdentityDb _, SessionEnd sessions, CancellationToken ct) => sessions.OfAsync(command.PersonId, ct);
}
