using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Accounts;

/// <summary>An account of the association that does not stand on invoices: savings, a project.</summary>
/// <param name="BankName">Of the account.</param>
/// <param name="Iban">Blanks and small letters are fine.</param>
/// <param name="Bic">May be empty.</param>
/// <param name="Purpose">What it is for.</param>
[Permission(SettingsModule.Edit)]
internal sealed record AddBankAccount(string BankName, string Iban, string Bic, string Purpose) : ICommand;

/// <summary>The account was closed, or was listed by mistake.</summary>
[Permission(SettingsModule.Edit)]
internal sealed record RemoveBankAccount(string Iban) : ICommand;

internal static class AddBankAccountHandler
{
    private const int LongestPurpose = 80;

    public static Task<SettingsView> LoadAsync(AddBankAccount _, SettingsReader reader, CancellationToken ct) => reader.ReadAsync(ct);

    public static IEnumerable<Problem> Validate(AddBankAccount command, SettingsView settings, IStringLocalizer<SettingsTexts> texts)
    {
        var details = Details(command);
        foreach (var problem in details.Problems(texts))
            yield return problem;
        if (command.Purpose.Length == 0)
            yield return new(nameof(command.Purpose), texts["Problem.Missing"]);
        if (command.Purpose.Length > LongestPurpose)
            yield return new(nameof(command.Purpose), texts["Problem.TooLong", command.Purpose.Length, LongestPurpose]);
        if (settings.Profile.Iban == details.Iban || settings.Accounts.Any(a => a.Iban == details.Iban))
            yield return new(nameof(command.Iban), texts["Problem.AccountKnown"]);
    }

    public static Task HandleAsync(AddBankAccount command, SettingsView _, IUnitOfWork unit, CancellationToken ct)
    {
        var details = Details(command);
        return unit.Connection.ExecuteAsync(
            new CommandDefinition(
                "insert into platform.bank_account (iban, bank_name, bic, purpose) values (@Iban, @BankName, @Bic, @Purpose) on conflict (iban) do nothing",
                new
                {
                    details.Iban,
                    details.BankName,
                    details.Bic,
                    command.Purpose,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
    }

    private static BankDetails Details(AddBankAccount command) => new BankDetails(command.BankName, command.Iban, command.Bic, "").Tidy();
}

internal static class RemoveBankAccountHandler
{
    public static Task HandleAsync(RemoveBankAccount command, IUnitOfWork unit, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition("delete from platform.bank_account where iban = @Iban", new { command.Iban }, unit.Transaction, cancellationToken: ct)
        );
}
