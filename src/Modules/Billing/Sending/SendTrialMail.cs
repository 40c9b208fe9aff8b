using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Sending;

/// <summary>Send the text of the first waiting mail to oneself. It carries no document: an address typed wrongly would give it away.</summary>
/// <param name="Run">Of which run; null: of all that wait.</param>
/// <param name="To">One address.</param>
[Permission(BillingModule.Send)]
internal sealed record SendTrialMail(DuesRunId? Run, string To) : ICommand;

internal static class SendTrialMailHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public static Problem? Validate(SendTrialMail command, IStringLocalizer<SendingTexts> texts) =>
        EmailAddress.TryParse(command.To, out _, out _) ? null : new Problem(nameof(command.To), texts["Problem.Address"]);

    public static async Task HandleAsync(
        SendTrialMail command,
        BillingDb db,
        IOutgoingMails mails,
        IAssociationProfiles profiles,
        TimeProvider clock,
        IStringLocalizer<SendingTexts> texts,
        CancellationToken ct
    )
    {
        var preview = await PreviewDeliveryHandler.HandleAsync(new PreviewDelivery(command.Run), db, mails, profiles, ct);
        if (preview.Samples is not [var first, ..])
            throw new ProblemsException(texts["Problem.NothingWaits"]);
        await mails.AddAsync(
            new NewMail(
                $"documents-trial:{Guid.CreateVersion7()}",
                "",
                command.To,
                texts["Trial.Subject", first.Mail.Subject],
                first.Mail.Text,
                clock.GetUtcNow() + Patience
            ),
            ct
        );
    }
}
