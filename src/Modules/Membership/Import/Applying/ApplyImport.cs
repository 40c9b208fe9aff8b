using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Preview;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;

namespace Association.Membership.Import.Applying;

/// <summary>Imports a list: new members, changed ones, and what is left to clarify. A list that changes nothing leaves nothing behind.</summary>
[Permission(ImportFeature.Run)]
internal sealed record ApplyImport(ListUpload Upload) : ICommand;

/// <summary>What an import did.</summary>
/// <param name="Import">Null when there was nothing to write.</param>
/// <param name="Plan">What it did, row by row.</param>
internal sealed record AppliedImport(Guid? Import, ImportPlan Plan);

internal static class ApplyImportHandler
{
    private const int Chunk = 500;

    public static async Task<ImportPlan> LoadAsync(ApplyImport command, ImportPlanning planning, MembershipDb db, CancellationToken ct)
    {
        // One import at a time: the second sees what the first wrote, so that the same file twice at once adds nobody twice.
        await db.OneAtATimeAsync("membership.import", ct);
        var plan = await planning.PlanAsync(command.Upload, ct);
        plan.MustBeAnswered();
        return plan;
    }

    public static async Task<AppliedImport> HandleAsync(
        ApplyImport command,
        ImportPlan plan,
        MembershipDb db,
        CurrentUser user,
        TimeProvider clock,
        IMessageBus bus,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow();
        var import = await new ImportWriter(db, plan, command.Upload, user.Actor, now).WriteAsync(ct);
        await RememberedMappings.LearnAsync(db, plan.Table.Fingerprint, plan.Mapping, now, user.Actor.Name, ct);
        if (import is not null)
            foreach (var members in plan.Rows.Where(r => r.Outcome is Outcome.New or Outcome.Changed).Select(r => r.Target!.Id).Chunk(Chunk))
                await bus.PublishAsync(new MembersChanged(members), ct);
        return new AppliedImport(import, plan);
    }
}
