using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Record;

/// <summary>Removes a member that was entered by mistake. Who was ever billed stays: their exit is recorded instead.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record RemoveMember(MemberId Id, uint Version) : ICommand;

internal static class RemoveMemberHandler
{
    public static Task<Member?> LoadAsync(RemoveMember command, MembershipDb db, CancellationToken ct) =>
        db.Members.SingleOrDefaultAsync(m => m.Id == command.Id, ct);

    public static async Task<Problem?> ValidateAsync(
        RemoveMember command,
        Member? member,
        MembershipDb db,
        IBilledMembers books,
        IStringLocalizer<MembersTexts> texts,
        CancellationToken ct
    )
    {
        if (MemberEdit.Check(member, command.Version, texts) is { } gone)
            return gone;
        var charged = await (await db.ConnectionAsync(ct)).ExecuteScalarAsync<bool>(
            new CommandDefinition(
                "select exists (select from membership.charge where member_id = @id)",
                new { id = command.Id.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        var applied = await (await db.ConnectionAsync(ct)).ExecuteScalarAsync<bool>(
            new CommandDefinition(
                "select exists (select from membership.membership_application where member_id = @id)",
                new { id = command.Id.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        var written = await (await db.ConnectionAsync(ct)).ExecuteScalarAsync<bool>(
            new CommandDefinition(
                "select exists (select from membership.member_letter where member_id = @id)",
                new { id = command.Id.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (written)
            return new Problem("", texts["Problem.WrittenStays"]);
        if (applied)
            return new Problem("", texts["Problem.AdmittedStays"]);
        return charged || (await books.BilledAsync([command.Id], ct)).Count > 0 ? new Problem("", texts["Problem.BilledStays"]) : null;
    }

    public static async Task HandleAsync(RemoveMember command, Member member, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var files = await connection.QueryAsync<Guid>(
            new CommandDefinition(
                "select archive_file_id from membership.member_file where member_id = @id for update",
                new { id = command.Id.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        await FileArchive.EmptyAsync(connection, files.AsList(), clock.GetUtcNow(), ct); // no letter was written, so none has one of them
        db.Members.Remove(member);
    }
}
