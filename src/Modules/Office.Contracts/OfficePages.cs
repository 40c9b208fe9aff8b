namespace Association.Office.Contracts;

/// <summary>Addresses of the office itself that the shell and other modules lead to.</summary>
public static class OfficePages
{
    /// <summary>Where the public site begins.</summary>
    public const string Home = "/";

    /// <summary><em>Heute</em>: what is due.</summary>
    public const string Today = "/office";

    /// <summary>Login and password, or a passkey.</summary>
    public const string SignIn = "/sign-in";

    /// <summary>Takes a form.</summary>
    public const string SignOut = "/sign-out";

    /// <summary>The own account.</summary>
    public const string Account = "/office/account";

    /// <summary>Where an invitation is accepted. Short, because people type it from paper.</summary>
    public const string Invitation = "/invitation";

    /// <summary>What the association says of itself, and what its office decided.</summary>
    public const string Settings = "/office/settings";

    /// <summary>Chooses a language and leads back.</summary>
    public static string Language(string code, string back) => $"/language/{code}?back={Uri.EscapeDataString(back)}";

    /// <summary>The logo in use, for everybody.</summary>
    public static string PublicLogo(Guid id) => $"/logo/{id}";

    /// <summary>A colour's stylesheet, for everybody.</summary>
    /// <param name="color">Six hexadecimal digits.</param>
    public static string Stylesheet(string color) => $"/color/{color}.css";
}
