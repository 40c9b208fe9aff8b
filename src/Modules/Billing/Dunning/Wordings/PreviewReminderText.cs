using Association.Billing.Data;
using Association.Billing.Dunning.Finding;
using Association.Billing.Dunning.Letters;
using Association.Billing.Receivables;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Dunning.Wordings;

/// <summary>The PDF that an invented member would get with these words. Nothing is kept.</summary>
/// <param name="Level">Of the letter.</param>
/// <param name="Language"><c>de</c>, <c>fr</c> or <c>en</c>.</param>
/// <param name="Wording">With fields between braces; null: those in force.</param>
[Permission(BillingModule.PrepareReminders)]
internal sealed record PreviewReminderText(DunningLevel Level, string Language, ReminderWording? Wording = null) : IQuery<byte[]>;

internal static class PreviewReminderTextHandler
{
    private static readonly Money Example = new(250);

    /// <exception cref="ProblemsException">The words cannot be a reminder.</exception>
    public static async Task<byte[]> HandleAsync(
        PreviewReminderText query,
        BillingDb db,
        IOfficeRules rules,
        IAssociationProfiles profiles,
        IStringLocalizer<DunningTexts> texts,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (ReminderTextRules.Place(query.Level, query.Language, texts) is { } nowhere)
            throw new ProblemsException([nowhere]);
        var wording = query.Wording?.Trimmed() ?? (await ReminderTexts.InForceAsync(db, ct))[(query.Level, query.Language)].Wording;
        if (wording.Check(query.Language, texts).ToList() is { Count: > 0 } wrong)
            throw new ProblemsException(wrong);
        var (reminders, association, today) = ((await rules.CurrentAsync(ct)).Reminders, await profiles.CurrentAsync(ct), clock.Today());
        var fee = OverdueItems.FeeOf(reminders, query.Level);
        return Letter.Render(
            ReminderLetter.Write(
                new ReminderContent(
                    "MA-0",
                    query.Language,
                    today,
                    today.AddDays(reminders.PayWithinDays),
                    "0000",
                    "Muster gGmbH",
                    new PrintedAddress(["Muster gGmbH", "Musterweg 1"], association.PostalCode, association.Town, "DE"),
                    query.Level,
                    [new RemindedItem("BR-0000-00000", today.AddDays(-reminders.ReminderAfterDays), Example, Example)],
                    fee > Money.Zero ? [new OpenFee("MG-00000", "MA-0", fee)] : [],
                    fee
                ),
                wording,
                association,
                clock.GetUtcNow()
            )
        );
    }
}
