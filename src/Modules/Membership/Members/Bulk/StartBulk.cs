using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.List.Filtering;
using Association.Membership.Members.Model;
using Association.Membership.Members.Tags;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Bulk;

/// <summary>Does one thing to all members of a selection: at once when they are few, else as long work.</summary>
/// <param name="Filter">Whom.</param>
/// <param name="Digest">The members that the person saw. When the selection means others by now, the person is asked again.</param>
/// <param name="Kind">What.</param>
/// <param name="Subject">Name of the tag, or code of the category.</param>
[Permission(MembersFeature.Edit)]
internal sealed record StartBulk(MemberFilter Filter, string Digest, BulkKind Kind, string Subject) : ICommand;

/// <summary>Whom the selection means in this transaction.</summary>
internal sealed record ChosenNow(Guid[] Ids);

internal static class StartBulkHandler
{
    /// <summary>So many are done while the person waits.</summary>
    public const int AtOnce = 200;

    private const int Chunk = 500;

    public static async Task<ChosenNow> LoadAsync(StartBulk command, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var (selection, _) = await MemberSelection.FindAsync(db, command.Filter, clock.Today(), ct);
        return new ChosenNow(await ChosenMembers.IdsAsync(db, selection, ct));
    }

    public static async Task<Problem?> ValidateAsync(
        StartBulk command,
        ChosenNow chosen,
        MembershipDb db,
        IStringLocalizer<BulkTexts> texts,
        IStringLocalizer<TagTexts> tagTexts,
        CancellationToken ct
    )
    {
        if (chosen.Ids.Length == 0)
            return new Problem("", texts["Problem.Nobody"]);
        if (ChosenMembers.Digest(chosen.Ids) != command.Digest)
            return new Problem("", texts["Problem.Changed", new Count(chosen.Ids.Length)]);
        return command.Kind == BulkKind.Category
            ? await db.Categories.FindAsync([command.Subject], ct) is null
                ? new Problem(nameof(command.Subject), texts["Problem.Category"])
                : null
            : TagStore.Check(TagStore.Tidy(command.Subject), nameof(command.Subject), tagTexts);
    }

    public static async Task<(BulkStarted Answer, OutgoingMessages Messages)> HandleAsync(
        StartBulk command,
        ChosenNow chosen,
        MembershipDb db,
        LongWorkLog works,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var tag = command.Kind == BulkKind.Category ? null : await TagStore.GetOrAddAsync(db, TagStore.Tidy(command.Subject), ct);
        var id = Guid.CreateVersion7();
        Guid? work =
            chosen.Ids.Length <= AtOnce
                ? null
                : await works.StartAsync(
                    db,
                    "membership.bulk",
                    StoredText.Of<BulkTexts>($"Work.{command.Kind}"),
                    BulkUrl.Of(id),
                    chosen.Ids.Length,
                    user.Actor.Name,
                    ct
                );
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                insert into membership.bulk_action (id, kind, tag_id, subject, effective_on, total, work_id, started_by, started_at)
                values (@id, @kind, @tag, @subject, @effective, @total, @work, @by, @now)
                """,
                new
                {
                    id,
                    kind = EnumText.Of(command.Kind),
                    tag = tag?.Id.Value,
                    subject = tag?.Name ?? command.Subject,
                    work,
                    total = chosen.Ids.Length,
                    by = user.Actor.Name,
                    now = clock.GetUtcNow(),
                    effective = command.Kind == BulkKind.Category ? new DateOnly(clock.Today().Year + 1, 1, 1) : (DateOnly?)null,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );

        var messages = new OutgoingMessages();
        if (work is null)
            messages.AddRange(await BulkSteps.DoAsync(db, (await BulkAction.FindAsync(db, id, ct))!, chosen.Ids, clock.Today(), ct));
        else
            messages.AddRange(chosen.Ids.Chunk(Chunk).Select(ids => new RunBulkChunk(id, [.. ids.Select(MemberId.From)])));
        return (new BulkStarted(id, chosen.Ids.Length, work is not null), messages);
    }
}

/// <summary>The action was stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Total">How many members were chosen.</param>
/// <param name="InBackground">It goes on while the person does something else.</param>
internal sealed record BulkStarted(Guid Id, int Total, bool InBackground);
