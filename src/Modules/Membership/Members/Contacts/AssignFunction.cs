using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Contacts;

/// <summary>Gives a contact a function from a day, to a day.</summary>
/// <param name="ContactId">Who.</param>
/// <param name="Kind">What.</param>
/// <param name="Title">What it is called there; needed for <see cref="FunctionKind.Other"/>.</param>
/// <param name="ValidFrom">First day; null: unknown.</param>
/// <param name="ValidTo">Last day; null: open.</param>
/// <param name="Replace">Ends the function of the present holder on the day before, where only one can hold it.</param>
[Permission(MembersFeature.Edit)]
internal sealed record AssignFunction(ContactId ContactId, FunctionKind Kind, string Title, DateOnly? ValidFrom, DateOnly? ValidTo, bool Replace = false)
    : ICommand;

internal static class AssignFunctionHandler
{
    public static Task<Contact?> LoadAsync(AssignFunction command, MembershipDb db, CancellationToken ct) =>
        db.Contacts.SingleOrDefaultAsync(c => c.Id == command.ContactId, ct);

    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        AssignFunction command,
        Contact? contact,
        MembershipDb db,
        IStringLocalizer<MembersTexts> texts,
        CancellationToken ct
    ) =>
        contact is null
            ? [new("", texts["Problem.ContactGone"])]
            : await FunctionRules.ProblemsAsync(
                db,
                contact.MemberId,
                contact.Id,
                command.Kind,
                command.Title,
                command.ValidFrom,
                command.ValidTo,
                command.Replace,
                texts,
                ct
            );

    public static async Task<MembersChanged> Handle(AssignFunction command, Contact contact, MembershipDb db, CancellationToken ct)
    {
        await FunctionRules.AssignAsync(db, contact.Id, contact.MemberId, command.Kind, command.Title, command.ValidFrom, command.ValidTo, command.Replace, ct);
        return new MembersChanged([contact.MemberId]);
    }
}
