using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Contacts;

/// <summary>Adds a person who acts for a member, with a first function if one is given. Never touches the member's address.</summary>
/// <param name="MemberId">For whom.</param>
/// <param name="Salutation">For letters.</param>
/// <param name="Name">„Dr. Nora Groß“.</param>
/// <param name="Email">As typed; may be blank.</param>
/// <param name="Phone">As typed; may be blank.</param>
/// <param name="Kind">The first function; null for none.</param>
/// <param name="Title">What it is called there.</param>
/// <param name="ValidFrom">Its first day; null: unknown.</param>
/// <param name="Replace">Ends the function of the present holder where only one can hold it.</param>
[Permission(MembersFeature.Edit)]
internal sealed record AddContact(
    MemberId MemberId,
    Salutation Salutation,
    string Name,
    string? Email,
    string? Phone,
    FunctionKind? Kind = null,
    string Title = "",
    DateOnly? ValidFrom = null,
    bool Replace = false
) : ICommand;

internal static class AddContactHandler
{
    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        AddContact command,
        MembershipDb db,
        IStringLocalizer<MembersTexts> texts,
        CancellationToken ct
    )
    {
        if (!await db.Members.AnyAsync(m => m.Id == command.MemberId, ct))
            return [new("", texts["Problem.MemberGone"])];
        var problems = ContactRules.Problems(command.Name, command.Email, command.Phone, texts).ToList();
        if (command.Kind is { } kind)
            problems.AddRange(
                await FunctionRules.ProblemsAsync(db, command.MemberId, null, kind, command.Title, command.ValidFrom, null, command.Replace, texts, ct)
            );
        return problems;
    }

    public static async Task<MembersChanged> Handle(AddContact command, MembershipDb db, CancellationToken ct)
    {
        var contact = new Contact
        {
            Id = ContactId.New(),
            MemberId = command.MemberId,
            Salutation = command.Salutation,
            Name = TidyText.Line(command.Name),
            Email = TidyText.OrNull(command.Email),
            Phone = TidyText.OrNull(command.Phone),
        };
        db.Contacts.Add(contact);
        if (command.Kind is { } kind)
            await FunctionRules.AssignAsync(db, contact.Id, command.MemberId, kind, command.Title, command.ValidFrom, null, command.Replace, ct);
        return new MembersChanged([command.MemberId]);
    }
}

internal static class ContactRules
{
    public static IEnumerable<Problem> Problems(string name, string? email, string? phone, IStringLocalizer<MembersTexts> texts)
    {
        var tidy = TidyText.Line(name);
        if (tidy.Length == 0)
            yield return new("Name", texts["Problem.ContactNameMissing"]);
        if (tidy.Length > 200)
            yield return new("Name", texts["Problem.TooLong", tidy.Length, 200]);
        if (TidyText.OrNull(email) is { } mail && !EmailAddress.TryParse(mail, out _, out var fault))
            yield return new("Email", texts[$"Email.{fault}"]);
        if (TidyText.Line(phone) is { Length: > 60 } digits)
            yield return new("Phone", texts["Problem.TooLong", digits.Length, 60]);
    }
}
