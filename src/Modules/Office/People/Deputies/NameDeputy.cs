using Association.Office.People.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Deputies;

/// <summary>Who approves for somebody of the board. The board names for itself, the administrator enters for anybody.</summary>
[Permission(IdentityModule.NameDeputies)]
internal sealed record NameDeputy(Guid BoardId, Guid DeputyId, DateOnly From, DateOnly Until) : ICommand;

/// <summary>Ends it before its time.</summary>
[Permission(IdentityModule.NameDeputies)]
internal sealed record EndDeputy(Guid Id) : ICommand;

internal static class NameDeputyHandler
{
    private const int LongestDays = 366;

    public static async Task<IReadOnlyList<Person>> LoadAsync(NameDeputy command, IdentityDb db, CancellationToken ct) =>
        await db.People.Where(p => p.Id == command.BoardId || p.Id == command.DeputyId).ToListAsync(ct);

    public static IEnumerable<Problem> Validate(
        NameDeputy command,
        IReadOnlyList<Person> people,
        CurrentUser user,
        TimeProvider clock,
        IStringLocalizer<DeputyTexts> texts
    )
    {
        if (people.FirstOrDefault(p => p.Id == command.BoardId) is not { Role: Roles.Board, IsLockedByAdministrator: false })
            yield return new(nameof(command.BoardId), texts["Error.Board"]);
        else if (!DeputyRights.MayNameFor(user.Actor, command.BoardId))
            yield return new(nameof(command.BoardId), texts["Error.Own"]);
        if (people.FirstOrDefault(p => p.Id == command.DeputyId) is not { Role: Roles.Office, IsLockedByAdministrator: false })
            yield return new(nameof(command.DeputyId), texts["Error.Deputy"]);
        if (command.Until < command.From)
            yield return new(nameof(command.Until), texts["Error.Order"]);
        else if (command.Until < clock.Today())
            yield return new(nameof(command.Until), texts["Error.Past"]);
        else if (command.Until.DayNumber - command.From.DayNumber >= LongestDays)
            yield return new(nameof(command.Until), texts["Error.TooLong"]);
    }

    public static async Task HandleAsync(
        NameDeputy command,
        IReadOnlyList<Person> people,
        IdentityDb db,
        CurrentUser user,
        TimeProvider clock,
        IStringLocalizer<DeputyTexts> texts,
        CancellationToken ct
    )
    {
        // Two who enter one at the same moment are told apart by the exclusion constraint.
        if (await db.Deputies.AnyAsync(d => d.BoardId == command.BoardId && d.EndedAt == null && d.FromDay <= command.Until && d.UntilDay >= command.From, ct))
            throw new ProblemsException([new Problem(nameof(command.From), texts["Error.Overlap"])]);
        db.Deputies.Add(
            new Deputy
            {
                BoardId = command.BoardId,
                DeputyId = command.DeputyId,
                FromDay = command.From,
                UntilDay = command.Until,
                NamedBy = user.Actor.Name,
                NamedById = user.Actor.Id?.Value,
                NamedAt = clock.GetUtcNow(),
            }
        );
    }
}

internal static class EndDeputyHandler
{
    public static Task<Deputy?> LoadAsync(EndDeputy command, IdentityDb db, CancellationToken ct) =>
        db.Deputies.FirstOrDefaultAsync(d => d.Id == command.Id, ct);

    public static Problem? Validate(EndDeputy _, Deputy? deputy, CurrentUser user, IStringLocalizer<DeputyTexts> texts) =>
        deputy is null || DeputyRights.MayNameFor(user.Actor, deputy.BoardId) ? null : new("", texts["Error.Own"]);

    public static void Handle(EndDeputy _, Deputy? deputy, IdentityDb db, TimeProvider clock)
    {
        if (deputy is not null)
            deputy.EndedAt ??= clock.GetUtcNow();
    }
}

internal static class DeputyRights
{
    /// <summary>The administrator enters for everybody, the board for itself.</summary>
    public static bool MayNameFor(Actor actor, Guid boardId) => actor.May(IdentityModule.EditPeople) || actor.Id?.Value == boardId;
}
