using Association.Membership.Members;
using Association.Membership.Members.Model;
using Association.Membership.Members.Payment;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Pdf;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Applications.Model;

/// <summary>What is wrong with a form, each at its field; the same for whoever applies and for the office that corrects.</summary>
internal sealed class ApplicationRules(IStringLocalizer<ApplicationTexts> texts, IStringLocalizer<MembersTexts> members)
{
    public const int LongestRemark = 2000;
    private const int MostValue = 99_999_999;

    /// <param name="form">Tidy.</param>
    /// <param name="terms">What can be applied for.</param>
    /// <param name="today">Business date.</param>
    public IEnumerable<Problem> Problems(ApplicationForm form, ApplicationTerms terms, DateOnly today)
    {
        var category = terms.Find(form.Category);
        if (category is null)
            yield return new(nameof(form.Category), members["Problem.Category"]);
        if (category?.Measure is not null)
        {
            if (form.Value is null)
                yield return new(nameof(form.Value), texts["Problem.Value"]);
            else if (form.Value is < 0 or > MostValue)
                yield return new(nameof(form.Value), texts["Problem.ValueRange", Formats.Number(MostValue)]);
        }
        if (form.JoinsOn < today.AddYears(-1) || form.JoinsOn > today.AddYears(1))
            yield return new(nameof(form.JoinsOn), texts["Problem.JoinsOn", Formats.Of(today.AddYears(1))]);
        if (form.Email.Length == 0)
            yield return new(nameof(form.Email), texts["Problem.Email"]);
        if (form.Remark.Length > LongestRemark)
            yield return new(nameof(form.Remark), members["Problem.TooLong", form.Remark.Length, LongestRemark]);
        // Name, lengths, country, language and mail as for every member; an empty mail was said above, with why it is needed.
        foreach (var problem in (form with { Remark = "" }).Details.Tidy().Problems(members))
            yield return problem;
        foreach (var fault in PostalAddress.Faults(form.Street, form.PostalCode, form.Town, form.Country))
            if (fault != AddressFault.NoCountry) // said by the details
                yield return fault switch
                {
                    AddressFault.NoStreet => new(nameof(form.Street), texts["Problem.Street"]),
                    AddressFault.NoPostalCode => new(nameof(form.PostalCode), texts["Problem.PostalCode"]),
                    _ => new(nameof(form.Town), texts["Problem.Town"]),
                };
        if (PdfFont.CannotPrint($"{form.Name} {form.Addition} {form.Street} {form.Town} {form.ContactName}") is { Length: > 0 } signs)
            yield return new(nameof(form.Name), members["Problem.CannotPrint", signs]);
        if (form is { Kind: MemberKind.Organisation, ContactName: null })
            yield return new(nameof(form.ContactName), texts["Problem.ContactName"]);
        foreach (var (field, text) in new[] { (nameof(form.ContactName), form.ContactName), (nameof(form.ContactTitle), form.ContactTitle) })
            if (text?.Length > 200)
                yield return new(field, members["Problem.TooLong", text.Length, 200]);
        if (form.AccountHolder?.Length > 70) // as long as a bank takes it (pain.008)
            yield return new(nameof(form.AccountHolder), members["Problem.TooLong", form.AccountHolder.Length, 70]);
        if (form.Iban is { } iban && IbanRules.Problem(iban, members) is { } wrong)
            yield return new(nameof(form.Iban), wrong);
    }
}
