using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Clarifications;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Documents.Pdf;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Payment;

/// <summary>Says who gets the documents: somebody else than the member (its Träger, a cash office), or the member again. The member's own address
/// stays.</summary>
/// <param name="Id">Which.</param>
/// <param name="Version">The state that the person saw.</param>
/// <param name="Recipient">Null: the member itself.</param>
/// <param name="Resolves">A clarification that this answers.</param>
[Permission(MembersFeature.Edit)]
internal sealed record SetBillingRecipient(MemberId Id, uint Version, BillingRecipient? Recipient, ClarificationId? Resolves = null) : ICommand;

internal static class SetBillingRecipientHandler
{
    public static Task<Member?> LoadAsync(SetBillingRecipient command, MembershipDb db, CancellationToken ct) =>
        db.Members.SingleOrDefaultAsync(m => m.Id == command.Id, ct);

    public static IEnumerable<Problem> Validate(SetBillingRecipient command, Member? member, IStringLocalizer<MembersTexts> texts)
    {
        if (MemberEdit.Check(member, command.Version, texts) is { } gone)
            yield return gone;
        if (command.Recipient is not { } to)
            yield break;
        if (TidyText.OrNull(to.Name) is null)
            yield return new(nameof(to.Name), texts["Problem.RecipientNameMissing"]);
        foreach (
            var (field, value, limit) in new[]
            {
                (nameof(to.Name), to.Name, 300),
                (nameof(to.Addition), to.Addition, 200),
                (nameof(to.Street), to.Street, 200),
                (nameof(to.PostalCode), to.PostalCode, 16),
                (nameof(to.Town), to.Town, 100),
            }
        )
            if (TidyText.Line(value) is { } text && text.Length > limit)
                yield return new(field, texts["Problem.TooLong", text.Length, limit]);
        foreach (var missing in PostalAddress.Faults(TidyText.Line(to.Street), TidyText.Line(to.PostalCode), TidyText.Line(to.Town), to.Country ?? "DE"))
            yield return missing switch
            {
                AddressFault.NoStreet => new(nameof(to.Street), texts["Problem.RecipientStreetMissing"]),
                AddressFault.NoPostalCode => new(nameof(to.PostalCode), texts["Problem.RecipientPostalCode"]),
                AddressFault.NoTown => new(nameof(to.Town), texts["Problem.RecipientTownMissing"]),
                _ => new(nameof(to.Country), texts["Problem.Country"]),
            };
        if (PdfFont.CannotPrint($"{to.Name} {to.Addition} {to.Street} {to.Town}") is { Length: > 0 } signs)
            yield return new(nameof(to.Name), texts["Problem.CannotPrint", signs]);
        if (TidyText.OrNull(to.Email) is { } email && !EmailAddress.TryParse(email, out _, out var fault))
            yield return new(nameof(to.Email), texts[$"Email.{fault}"]);
    }

    public static async Task<MembersChanged> Handle(
        SetBillingRecipient command,
        Member member,
        MembershipDb db,
        IStringLocalizer<MembersTexts> texts,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        member.Billing = command.Recipient is not { } to
            ? null
            : new BillingRecipient(
                TidyText.Line(to.Name),
                TidyText.OrNull(to.Addition),
                TidyText.OrNull(to.Street),
                TidyText.OrNull(to.PostalCode),
                TidyText.OrNull(to.Town),
                TidyText.OrNull(to.Town) is null ? null : to.Country ?? "DE",
                TidyText.OrNull(to.Email)
            );
        await Resolution.OfAsync(db, command.Resolves, texts["Resolution.Recipient"], user, clock, ct);
        return new MembersChanged([member.Id]);
    }
}
