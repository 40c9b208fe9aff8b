using Association.Platform.Web.Components;

namespace Association.Office.Contracts;

/// <summary>Addresses of the office itself: who signs in, what is set, how the product is doing.</summary>
public static class OfficePages
{
    /// <summary>Login and password, or a passkey.</summary>
    public const string SignIn = "/sign-in";

    /// <summary>Where a second factor is set up or shown before anything else opens.</summary>
    public const string MissingFactor = SignIn + "/second-factor";

    /// <summary>Takes a form.</summary>
    public const string SignOut = "/sign-out";

    /// <summary>Where an invitation is accepted. Short, because people type it from paper.</summary>
    public const string Invitation = "/invitation";

    /// <summary>The own account.</summary>
    public const string Account = ShellPages.Today + "/account";

    /// <summary>The own second factor.</summary>
    public const string SecondFactor = Account + "/second-factor";

    /// <summary>On which days the own <em>Heute</em> comes by mail.</summary>
    public const string Digest = ShellPages.Today + "/digest";

    /// <summary>Who may sign in.</summary>
    public const string People = ShellPages.Today + "/people";

    /// <summary>What each role may.</summary>
    public const string Roles = People + "/roles";

    /// <summary>Who stands in for the board.</summary>
    public const string Deputies = People + "/deputies";

    /// <summary>What the association says of itself, and what its office decided.</summary>
    public const string Settings = ShellPages.Today + "/settings";

    /// <summary>Scheduled work.</summary>
    public const string Jobs = ShellPages.Today + "/jobs";

    /// <summary>The bus.</summary>
    public const string Messages = ShellPages.Today + "/messages";

    /// <summary>Outgoing mail.</summary>
    public const string Mail = ShellPages.Today + "/mail";

    /// <summary>Chooses a language and leads back.</summary>
    public static string Language(string code, string back) => $"/language/{code}?back={Uri.EscapeDataString(back)}";

    /// <summary>The logo in use, for everybody.</summary>
    public static string PublicLogo(Guid id) => $"/logo/{id}";

    /// <summary>A colour's stylesheet, for everybody.</summary>
    /// <param name="color">Six hexadecimal digits.</param>
    public static string Stylesheet(string color) => $"/color/{color}.css";

    /// <summary>The sign-in that leads on to a page.</summary>
    public static string SecondStep(string back) => $"{SignIn}/code?return={Uri.EscapeDataString(back)}";

    /// <summary>One mail that went out, or is to.</summary>
    public static string OutgoingMail(Guid id) => $"{Mail}/{id}";

    /// <summary>One person.</summary>
    public static string Person(Guid id) => $"{People}/{id}";

    /// <summary>Who takes a task of <em>Heute</em>, and when.</summary>
    /// <param name="href">Where it is done.</param>
    public static string Task(string href) => $"{ShellPages.Today}/task?of={Uri.EscapeDataString(href)}";
}
