using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Contacts;

/// <summary>Changes name and ways to reach a contact.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record EditContact(ContactId Id, uint Version, Salutation Salutation, string Name, string? Email, string? Phone) : ICommand;

internal static class EditContactHandler
{
    public static Task<Contact?> LoadAsync(EditContact command, MembershipDb db, CancellationToken ct) =>
        db.Contacts.SingleOrDefaultAsync(c => c.Id == command.Id, ct);

    public static IEnumerable<Problem> Validate(EditContact command, Contact? contact, IStringLocalizer<MembersTexts> texts)
    {
        if (contact is null)
            return [new("", texts["Problem.ContactGone"])];
        if (contact.Version != command.Version)
            throw new ConcurrentEditException(texts["Problem.ConcurrentEdit"]) { Row = ("membership.contact", contact.Id.Value.ToString()) };
        return ContactRules.Problems(command.Name, command.Email, command.Phone, texts);
    }

    public static MembersChanged Handle(EditContact command, Contact contact)
    {
        contact.Salutation = command.Salutation;
        contact.Name = TidyText.Line(command.Name);
        contact.Email = TidyText.OrNull(command.Email);
        contact.Phone = TidyText.OrNull(command.Phone);
        return new MembersChanged([contact.MemberId]);
    }
}
