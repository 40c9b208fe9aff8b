using System.Text.RegularExpressions;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Accounts;

/// <summary>Account and creditor id as a person types them.</summary>
internal sealed partial record BankDetails(string BankName, string Iban, string Bic, string CreditorId)
{
    private const int LongestBankName = 70;

    /// <summary>Capitals, no blanks.</summary>
    public BankDetails Tidy() => this with { Iban = Bare(Iban), Bic = Bare(Bic), CreditorId = Bare(CreditorId) };

    /// <summary>What is wrong with tidy details.</summary>
    public IEnumerable<Problem> Problems(IStringLocalizer<SettingsTexts> texts)
    {
        if (BankName.Length == 0)
            yield return new(nameof(BankName), texts["Problem.Missing"]);
        if (BankName.Length > LongestBankName)
            yield return new(nameof(BankName), texts["Problem.TooLong", BankName.Length, LongestBankName]);
        if (!Platform.Data.Kernel.Iban.TryParse(Iban, out _, out var fault))
            yield return new(nameof(Iban), Words(texts, fault.Value));
        if (!BicForm().IsMatch(Bic))
            yield return new(nameof(Bic), texts["Problem.Bic"]);
        if (CreditorId.Length > 0 && !Platform.Data.Kernel.CreditorId.IsValid(CreditorId))
            yield return new(nameof(CreditorId), texts["Problem.CreditorId"]);
    }

    private string Words(IStringLocalizer<SettingsTexts> texts, IbanFault fault) =>
        fault switch
        {
            IbanFault.Length => texts["Problem.Iban.Length", Platform.Data.Kernel.Iban.LengthIn(Iban[..2])!, Iban.Length],
            _ => texts[$"Problem.Iban.{fault}"],
        };

    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    // ISO 9362. Inside SEPA it is not needed, so it may stay empty.
    [GeneratedRegex("^([A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?)?$", RegexOptions.NonBacktracking)]
    private static partial Regex BicForm();
}
