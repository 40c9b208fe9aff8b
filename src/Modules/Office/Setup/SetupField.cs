namespace Association.Office.Setup;

/// <summary>One thing that is asked when an association of one's own is set up: an option of the verb, and a question at a terminal.</summary>
/// <param name="Name">Key of the value, of its problems, and of its question in the texts.</param>
/// <param name="Option">As it is typed.</param>
/// <param name="Help">For <c>--help</c>.</param>
/// <param name="Value">What the option takes, for <c>--help</c>.</param>
internal sealed record SetupField(string Name, string Option, string Help, string Value)
{
    public const string Password = "Password";
    public const string Logo = "Logo";

    /// <summary>All but the password, which no option takes; in the order of the questions.</summary>
    public static readonly IReadOnlyList<SetupField> All =
    [
        new("Name", "--name", "Name of the association, as on letters.", "NAME"),
        new("ShortName", "--short-name", "Short name for the head of the pages, up to 24 characters. Without it the beginning of the name.", "NAME"),
        new("Street", "--street", "Street and number.", "STREET"),
        new("PostalCode", "--postal-code", "Postal code.", "CODE"),
        new("Town", "--town", "Town.", "TOWN"),
        new("Email", "--email", "E-mail address of the office, as on letters. May be left out.", "ADDRESS"),
        new("BankName", "--bank", "Name of the bank.", "BANK"),
        new("Iban", "--iban", "Account that stands on invoices.", "IBAN"),
        new("Bic", "--bic", "BIC. May be left out.", "BIC"),
        new("CreditorId", "--creditor-id", "Creditor id for direct debits. May be left out.", "ID"),
        new(Logo, "--logo", "Logo, PNG or JPEG. May be left out.", "FILE"),
        new("AdminName", "--admin-name", "Your name: the first administrator, who lets in all others.", "NAME"),
        new("AdminLogin", "--admin-login", "What you type at the sign-in: letters, digits and . - _ @", "LOGIN"),
        new("AdminEmail", "--admin-email", "Your e-mail address. May be left out.", "ADDRESS"),
    ];
}
