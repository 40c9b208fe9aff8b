using Association.Office.Settings.Accounts;
using Association.Office.Settings.Changes;
using Association.Platform.Data;
using Association.Platform.Data.Settings;
using Dapper;

namespace Association.Office.Settings;

/// <summary>Reads all that the pages of the settings show.</summary>
internal sealed class SettingsReader(IAssociationProfiles profiles, IOfficeRules rules, OfficeDatabase database)
{
    public async Task<SettingsView> ReadAsync(CancellationToken ct)
    {
        var (ofProfile, ofRules) = (await profiles.HistoryAsync(ct), await rules.HistoryAsync(ct));
        await using var connection = await database.OpenConnectionAsync(ct);
        var proposals = await connection.QueryAsync<BankDetailsProposal>(
            new CommandDefinition(
                """
                select id, bank_name as BankName, iban, bic, creditor_id as CreditorId, reason, state, proposed_at as ProposedAt, proposed_by as ProposedBy,
                       proposed_by_id as ProposedById, decided_at as DecidedAt, decided_by as DecidedBy, refusal
                  from platform.bank_details_change order by proposed_at desc, id desc limit 20
                """,
                cancellationToken: ct
            )
        );
        var accounts = await connection.QueryAsync<BankAccount>(
            new CommandDefinition("select iban, bank_name as BankName, bic, purpose from platform.bank_account order by bank_name, iban", cancellationToken: ct)
        );
        var reviewed = await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("select exists (select from platform.settings_review)", cancellationToken: ct)
        );
        return new SettingsView(
            await profiles.CurrentAsync(ct),
            ofRules is [var newest, ..] ? newest.Value : OfficeRules.Default,
            SettingsChanges.Of(ofProfile, ofRules),
            [.. accounts],
            [.. proposals],
            reviewed
        );
    }
}

/// <summary>The settings as their pages show them.</summary>
/// <param name="Profile">The association.</param>
/// <param name="Rules">What the office decided.</param>
/// <param name="Changes">Every saving of either, newest first.</param>
/// <param name="Accounts">Bank accounts besides the one on invoices.</param>
/// <param name="Proposals">The latest proposals of another account, newest first.</param>
/// <param name="Reviewed">Whether the office said that its own data are right.</param>
internal sealed record SettingsView(
    AssociationProfile Profile,
    OfficeRules Rules,
    IReadOnlyList<SettingsChange> Changes,
    IReadOnlyList<BankAccount> Accounts,
    IReadOnlyList<BankDetailsProposal> Proposals,
    bool Reviewed
)
{
    /// <summary>The proposal that waits for a second person.</summary>
    public BankDetailsProposal? OpenProposal => Proposals.FirstOrDefault(p => p.State == "open");

    /// <summary>The proposal that was refused since, as long as nobody made another one.</summary>
    public BankDetailsProposal? RefusedSince(DateTimeOffset since) =>
        Proposals is [{ State: "refused" } newest, ..] && newest.Approval.EndedAt >= since ? newest : null;
}
