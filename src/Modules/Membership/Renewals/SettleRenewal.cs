using Association.Membership.Data;
using Association.Membership.Members;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Renewals;

/// <summary>Somebody settled a deadline by hand: on the phone, by a resolution, or because nothing is to be done.</summary>
/// <param name="Key">Which.</param>
/// <param name="Note">How, for whoever looks later.</param>
[Permission(MembersFeature.Edit)]
internal sealed record SettleRenewal(RenewalKey Key, string Note) : ICommand;

/// <summary>Takes that back; a letter that was written stays written.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record ReopenRenewal(RenewalKey Key) : ICommand;

internal static class SettleRenewalHandler
{
    private const int LongestNote = 300;

    public static async Task<Renewal?> LoadAsync(SettleRenewal command, MembershipDb db, IOfficeRules rules, TimeProvider clock, CancellationToken ct) =>
        await RenewalRows.FindAsync(command.Key, db, rules, clock, ct);

    public static IEnumerable<Problem> Validate(SettleRenewal command, Renewal? renewal, IStringLocalizer<RenewalTexts> texts)
    {
        if (renewal is null)
            yield return new("", texts["Problem.Gone"]);
        else if (renewal.DoneAt is not null)
            yield return new("", texts["Problem.Done", renewal.DoneBy!]);
        if (command.Note.Trim().Length is 0)
            yield return new(nameof(command.Note), texts["Problem.NoteMissing"]);
        else if (command.Note.Trim().Length > LongestNote)
            yield return new(nameof(command.Note), texts["Problem.NoteTooLong", command.Note.Trim().Length, LongestNote]);
    }

    public static async Task HandleAsync(SettleRenewal command, Renewal renewal, MembershipDb db, CurrentUser user, TimeProvider clock, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                insert into membership.renewal as r (kind, subject_id, deadline, member_id, done_at, done_by, done_note)
                  values (@kind, @Subject, @Deadline, @member, @now, @by, @note)
                on conflict (kind, subject_id, deadline) do update set done_at = excluded.done_at, done_by = excluded.done_by, done_note = excluded.done_note
                  where r.done_at is null
                """,
                new
                {
                    kind = EnumText.Of(command.Key.Kind),
                    command.Key.Subject,
                    command.Key.Deadline,
                    member = renewal.Member.Value,
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                    note = CleanText.Line(command.Note).Trim(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
}

internal static class ReopenRenewalHandler
{
    public static async Task HandleAsync(ReopenRenewal command, MembershipDb db, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                delete from membership.renewal where kind = @kind and subject_id = @Subject and deadline = @Deadline and asked_at is null;
                update membership.renewal set done_at = null, done_by = null, done_note = null where kind = @kind and subject_id = @Subject and deadline = @Deadline;
                """,
                new
                {
                    kind = EnumText.Of(command.Key.Kind),
                    command.Key.Subject,
                    command.Key.Deadline,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
}

internal static class RenewalRows
{
    /// <summary>A deadline as it stands; null when it is none any more, or not yet.</summary>
    public static async Task<Renewal?> FindAsync(RenewalKey key, MembershipDb db, IOfficeRules rules, TimeProvider clock, CancellationToken ct)
    {
        var deadlines = (await rules.CurrentAsync(await db.ConnectionAsync(ct), ct)).Deadlines;
        return (await DueRenewals.FindAsync(db, deadlines, clock.Today(), key, ct)).SingleOrDefault(r => r.Key.Deadline == key.Deadline);
    }
}
