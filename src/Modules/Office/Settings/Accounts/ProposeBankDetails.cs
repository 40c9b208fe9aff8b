using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Accounts;

/// <summary>
/// Another account on invoices, or another creditor id. The first ones hold at once, and so does what only names the bank; whatever leads money
/// elsewhere waits for a second person.
/// </summary>
/// <param name="Details">What shall hold.</param>
/// <param name="Reason">Why; 3 to 300 characters.</param>
[Permission(SettingsModule.ProposeBankDetails)]
internal sealed record ProposeBankDetails(BankDetails Details, string Reason) : ICommand;

/// <summary>What became of it.</summary>
internal enum BankDetailsOutcome
{
    /// <summary>Nothing was different.</summary>
    Unchanged,

    /// <summary>It holds.</summary>
    Saved,

    /// <summary>A second person has to confirm.</summary>
    Proposed,
}

internal static class ProposeBankDetailsHandler
{
    private const int LongestReason = 300;

    public static Task<SettingsView> LoadAsync(ProposeBankDetails _, SettingsReader reader, CancellationToken ct) => reader.ReadAsync(ct);

    public static IEnumerable<Problem> Validate(ProposeBankDetails command, SettingsView settings, IStringLocalizer<SettingsTexts> texts)
    {
        if (settings.OpenProposal is { } open)
            yield return new("", texts["Problem.ProposalOpen", open.ProposedBy]);
        var details = command.Details.Tidy();
        foreach (var problem in details.Problems(texts))
            yield return problem;
        if (!NeedsSecondPerson(details, settings.Profile))
            yield break;
        if (settings.Profile.CreditorId.Length > 0 && details.CreditorId.Length == 0)
            yield return new(nameof(details.CreditorId), texts["Problem.CreditorIdStays"]);
        if (command.Reason.Trim().Length < 3)
            yield return new(nameof(command.Reason), texts["Problem.Reason"]);
        if (command.Reason.Length > LongestReason)
            yield return new(nameof(command.Reason), texts["Problem.TooLong", command.Reason.Length, LongestReason]);
    }

    public static async Task<BankDetailsOutcome> HandleAsync(
        ProposeBankDetails command,
        SettingsView settings,
        IUnitOfWork unit,
        IAssociationProfiles profiles,
        IStringLocalizer<SettingsTexts> texts,
        CancellationToken ct
    )
    {
        var (details, profile) = (command.Details.Tidy(), settings.Profile);
        if (NeedsSecondPerson(details, profile))
        {
            await unit.Connection.ExecuteAsync(
                new CommandDefinition(
                    """
                    insert into platform.bank_details_change (id, bank_name, iban, bic, creditor_id, reason, proposed_by)
                    values (@id, @BankName, @Iban, @Bic, @CreditorId, @reason, '') -- the database signs
                    """,
                    new
                    {
                        id = Guid.CreateVersion7(),
                        details.BankName,
                        details.Iban,
                        details.Bic,
                        details.CreditorId,
                        reason = command.Reason.Trim(),
                    },
                    unit.Transaction,
                    cancellationToken: ct
                )
            );
            return BankDetailsOutcome.Proposed;
        }

        var wished = profile with { BankName = details.BankName, Iban = details.Iban, Bic = details.Bic, CreditorId = details.CreditorId };
        if (wished == profile)
            return BankDetailsOutcome.Unchanged;
        if (await profiles.SaveAsync(unit.Connection, wished, null, ct) is null)
            throw new ConcurrentEditException(texts["Conflict.Now"]);
        return BankDetailsOutcome.Saved;
    }

    // The database has the same rule and the last word: platform.guard_bank_details.
    private static bool NeedsSecondPerson(BankDetails details, AssociationProfile profile) =>
        (profile.Iban.Length > 0 && profile.Iban != details.Iban) || (profile.CreditorId.Length > 0 && profile.CreditorId != details.CreditorId);
}
