using System.Text.RegularExpressions;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Clarifications;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Payment;

/// <summary>Records account, mandate and how the member pays. Documents already issued keep their payment route.</summary>
/// <param name="Id">Which.</param>
/// <param name="Version">The state that the person saw.</param>
/// <param name="Route">Direct debit needs account, reference and date of signature.</param>
/// <param name="Iban">As typed; null or blank when unknown.</param>
/// <param name="MandateReference">As typed; null or blank without a mandate.</param>
/// <param name="MandateSignedOn">Date on the mandate.</param>
/// <param name="Resolves">A clarification that this answers.</param>
[Permission(MembersFeature.Edit)]
internal sealed record RecordMandate(
    MemberId Id,
    uint Version,
    PaymentRoute Route,
    string? Iban,
    string? MandateReference,
    DateOnly? MandateSignedOn,
    ClarificationId? Resolves = null
) : ICommand;

internal static partial class RecordMandateHandler
{
    public static Task<Member?> LoadAsync(RecordMandate command, MembershipDb db, CancellationToken ct) =>
        db.Members.SingleOrDefaultAsync(m => m.Id == command.Id, ct);

    public static IEnumerable<Problem> Validate(RecordMandate command, Member? member, IStringLocalizer<MembersTexts> texts, TimeProvider clock)
    {
        if (MemberEdit.Check(member, command.Version, texts) is { } gone)
        {
            yield return gone;
            yield break;
        }
        var iban = TidyText.OrNull(command.Iban);
        var reference = TidyText.OrNull(command.MandateReference);
        if (iban is not null && IbanRules.Problem(iban, texts) is { } wrong)
            yield return new(nameof(command.Iban), wrong);
        if (reference is not null && !Reference().IsMatch(reference))
            yield return new(nameof(command.MandateReference), texts["Problem.MandateReference"]);
        if (command.MandateSignedOn > clock.Today())
            yield return new(nameof(command.MandateSignedOn), texts["Problem.MandateAhead"]);
        if (command.Route != PaymentRoute.DirectDebit)
            yield break;
        if (iban is null)
            yield return new(nameof(command.Iban), texts["Problem.DebitNeedsIban"]);
        if (reference is null)
            yield return new(nameof(command.MandateReference), texts["Problem.DebitNeedsReference"]);
        if (command.MandateSignedOn is null)
            yield return new(nameof(command.MandateSignedOn), texts["Problem.DebitNeedsDate"]);
    }

    public static async Task<MembersChanged> Handle(
        RecordMandate command,
        Member member,
        MembershipDb db,
        IStringLocalizer<MembersTexts> texts,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        member.Iban = Iban.TryParse(command.Iban, out var iban, out _) ? iban.Value : null;
        member.MandateReference = TidyText.OrNull(command.MandateReference);
        member.MandateSignedOn = command.MandateSignedOn;
        member.PaymentRoute = command.Route;
        await Resolution.OfAsync(db, command.Resolves, texts["Resolution.Payment"], user, clock, ct);
        return new MembersChanged([member.Id]);
    }

    // The characters that every SEPA bank takes in a mandate reference (EPC217-08), at most 35.
    [GeneratedRegex(@"\A[A-Za-z0-9+?/:().,' -]{1,35}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}

internal static class IbanRules
{
    /// <summary>Why a text that is not empty is no account number, in words; null when it is one.</summary>
    public static string? Problem(string iban, IStringLocalizer<MembersTexts> texts) =>
        Iban.TryParse(iban, out _, out var fault) ? null
        : fault == IbanFault.Length ? texts["Iban.Length", Iban.LengthIn(iban[..2].ToUpperInvariant())!, iban.Count(char.IsAsciiLetterOrDigit)].Value
        : texts[$"Iban.{fault}"].Value;
}
