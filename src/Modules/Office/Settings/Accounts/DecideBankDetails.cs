using Association.Platform.Data.Approvals;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Accounts;

/// <summary>A second person checked the account: it stands on invoices from now on. The former one stays in the list of accounts.</summary>
[Permission(SettingsModule.ConfirmBankDetails)]
internal sealed record ConfirmBankDetails(Guid Id) : ICommand;

/// <summary>A second person does not agree and says why; nothing changes.</summary>
[Permission(SettingsModule.ConfirmBankDetails)]
internal sealed record RefuseBankDetails(Guid Id, string Reason) : ICommand;

/// <summary>Who proposed takes it back.</summary>
[Permission(SettingsModule.ProposeBankDetails)]
internal sealed record WithdrawBankDetails(Guid Id) : ICommand;

internal static class ConfirmBankDetailsHandler
{
    public static Task<SettingsView> LoadAsync(ConfirmBankDetails _, SettingsReader reader, CancellationToken ct) => reader.ReadAsync(ct);

    public static Problem? Validate(ConfirmBankDetails command, SettingsView settings, FourEyes four) => four.Obstacle(settings.Waiting(command.Id));

    public static async Task HandleAsync(
        ConfirmBankDetails command,
        SettingsView settings,
        IUnitOfWork unit,
        IAssociationProfiles profiles,
        IStringLocalizer<SettingsTexts> texts,
        CancellationToken ct
    )
    {
        var (proposal, former) = (settings.OpenProposal!, settings.Profile);
        await BankDetailsDecision.NoteAsync(unit, command.Id, "confirmed", null, ct);
        var wished = former with { BankName = proposal.BankName, Iban = proposal.Iban, Bic = proposal.Bic, CreditorId = proposal.CreditorId };
        if (await profiles.SaveAsync(unit.Connection, wished, proposal.Id, ct) is null)
            throw new ConcurrentEditException(texts["Conflict.Now"]);
        if (former.Iban != proposal.Iban)
            await KeepFormerAsync(unit, former, proposal.Iban, texts["Accounts.Former"], ct);
    }

    // Members go on paying into the account that they know.
    private static Task<int> KeepFormerAsync(IUnitOfWork unit, AssociationProfile former, string now, string purpose, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                delete from platform.bank_account where iban = @now;
                insert into platform.bank_account (iban, bank_name, bic, purpose) values (@Iban, coalesce(nullif(@BankName, ''), @Iban), @Bic, @purpose)
                  on conflict (iban) do nothing;
                """,
                new
                {
                    former.Iban,
                    former.BankName,
                    former.Bic,
                    purpose,
                    now,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
}

internal static class RefuseBankDetailsHandler
{
    public static Task<SettingsView> LoadAsync(RefuseBankDetails _, SettingsReader reader, CancellationToken ct) => reader.ReadAsync(ct);

    public static Problem? Validate(RefuseBankDetails command, SettingsView settings, FourEyes four) =>
        four.Obstacle(settings.Waiting(command.Id)) ?? four.ObstacleToEnd(settings.Waiting(command.Id), command.Reason);

    public static Task HandleAsync(RefuseBankDetails command, SettingsView _, IUnitOfWork unit, CancellationToken ct) =>
        BankDetailsDecision.NoteAsync(unit, command.Id, "refused", command.Reason.Trim(), ct);
}

internal static class WithdrawBankDetailsHandler
{
    public static Task<SettingsView> LoadAsync(WithdrawBankDetails _, SettingsReader reader, CancellationToken ct) => reader.ReadAsync(ct);

    public static Problem? Validate(
        WithdrawBankDetails command,
        SettingsView settings,
        CurrentUser user,
        FourEyes four,
        IStringLocalizer<SettingsTexts> texts
    ) =>
        settings.Waiting(command.Id) is { } open && open.AskedBy != user.Actor.Id
            ? new("", texts["Problem.NotOwnProposal"])
            : four.ObstacleToEnd(settings.Waiting(command.Id), "");

    public static Task HandleAsync(WithdrawBankDetails command, SettingsView _, IUnitOfWork unit, CancellationToken ct) =>
        BankDetailsDecision.NoteAsync(unit, command.Id, "withdrawn", null, ct);
}

internal static class BankDetailsDecision
{
    /// <summary>How the proposal with this id stands, when it is the one that waits; null when it is decided.</summary>
    public static Approval? Waiting(this SettingsView settings, Guid id) => settings.OpenProposal is { } open && open.Id == id ? open.Approval : null;

    /// <summary>Notes the decision on what is still open; the database signs it.</summary>
    public static Task NoteAsync(IUnitOfWork unit, Guid id, string state, string? refusal, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                "update platform.bank_details_change set state = @state, refusal = @refusal where id = @id and state = 'open'",
                new
                {
                    id,
                    state,
                    refusal,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
}
