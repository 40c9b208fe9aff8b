using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Bulk;

/// <summary>What was done to many members at once; null when there is no such action.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record ReadBulk(Guid Id) : IQuery<BulkView?>;

/// <summary>A bulk action and how far it is.</summary>
/// <param name="Action">The action.</param>
/// <param name="Work">Its long work; null when it was done at once.</param>
/// <param name="Undoable">Whether it can be taken back now.</param>
internal sealed record BulkView(BulkAction Action, LongWorkState? Work, bool Undoable)
{
    public bool IsRunning => Work is { IsFinished: false };
}

internal static class ReadBulkHandler
{
    public static async Task<BulkView?> HandleAsync(ReadBulk query, MembershipDb db, LongWorkLog works, TimeProvider clock, CancellationToken ct)
    {
        if (await BulkAction.FindAsync(db, query.Id, ct) is not { } action)
            return null;
        var work = action.Work is { } id ? await works.ReadAsync(id, ct) : null;
        return new BulkView(action, work, UndoBulkHandler.Obstacle(action, work, clock.Today()) is null && action.Changed > 0);
    }
}

/// <summary>Takes a bulk action back: tags at any time, a category until it counts. Who was changed otherwise since then stays.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record UndoBulk(Guid Id) : ICommand;

internal static class UndoBulkHandler
{
    public static Task<BulkAction?> LoadAsync(UndoBulk command, MembershipDb db, CancellationToken ct) => BulkAction.FindAsync(db, command.Id, ct);

    public static async Task<Problem?> ValidateAsync(
        UndoBulk _,
        BulkAction? action,
        LongWorkLog works,
        TimeProvider clock,
        IStringLocalizer<BulkTexts> texts,
        CancellationToken ct
    ) =>
        action is null ? new Problem("", texts["Undo.Gone"])
        : Obstacle(action, action.Work is { } work ? await works.ReadAsync(work, ct) : null, clock.Today()) is { } key ? new Problem("", texts[key])
        : null;

    public static async Task<OutgoingMessages> HandleAsync(
        UndoBulk command,
        BulkAction action,
        MembershipDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var messages = await BulkSteps.UndoAsync(db, action, clock.Today(), ct);
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                "update membership.bulk_action set undone_by = @by, undone_at = @now where id = @Id",
                new
                {
                    command.Id,
                    by = user.Actor.Name,
                    now = clock.GetUtcNow(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return [.. messages];
    }

    /// <summary>Key of the sentence that says why it cannot be taken back; null when it can.</summary>
    internal static string? Obstacle(BulkAction action, LongWorkState? work, DateOnly today) =>
        action.UndoneBy is not null ? "Undo.Already"
        : work is { IsFinished: false } ? "Undo.Running"
        : action.Kind != BulkKind.Category && action.Tag is null ? "Undo.TagGone"
        : action.EffectiveOn <= today ? "Undo.Effective"
        : null;
}
