using Association.Platform.Web.Components;

namespace Association.Membership.Contracts;

/// <summary>Addresses of the pages about members and dues.</summary>
public static class MembershipPages
{
    /// <summary>The list of members.</summary>
    public const string Members = ShellPages.Today + "/members";

    /// <summary>A new member.</summary>
    public const string NewMember = Members + "/new";

    /// <summary>Lists that are taken over.</summary>
    public const string Import = Members + "/import";

    /// <summary>The list as a workbook.</summary>
    public const string Export = Members + "/export";

    /// <summary>What the import left open.</summary>
    public const string Clarifications = Members + "/clarifications";

    /// <summary>Tags.</summary>
    public const string Tags = Members + "/tags";

    /// <summary>One change to many members.</summary>
    public const string Bulk = Members + "/bulk/";

    /// <summary>Serial letters.</summary>
    public const string Letters = Members + "/letters";

    /// <summary>What letters to one member begin with.</summary>
    public const string Templates = Members + "/templates";

    /// <summary>What ends or changes.</summary>
    public const string Renewals = Members + "/deadlines";

    /// <summary>Where anybody applies for membership.</summary>
    public const string Apply = "/mitglied-werden";

    /// <summary>The form in a language: <c>de</c>, <c>fr</c> or <c>en</c>.</summary>
    public static string ApplyIn(string language) => $"/{language}{Apply}";

    /// <summary>Applications for membership.</summary>
    public const string Applications = Members + "/applications";

    /// <summary>An application, or a page below.</summary>
    public static string Application(int number, string below = "") =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Applications}/{number}{(below.Length > 0 ? "/" : "")}{below}");

    /// <summary>Runs of dues.</summary>
    public const string Dues = ShellPages.Today + "/dues";

    /// <summary>A run of another kind than the yearly one.</summary>
    public const string NewRun = Dues + "/new";

    /// <summary>What somebody would pay.</summary>
    public const string Calculator = Dues + "/calculator";

    /// <summary>Versions of the dues regulation.</summary>
    public const string Regulations = Dues + "/regulation";

    /// <summary>Rounds of self-declarations.</summary>
    public const string Declarations = ShellPages.Today + "/declarations";

    /// <summary>The form of a self-declaration, for who has a link or a code. Short, because people type it from paper.</summary>
    public const string Declaration = "/declaration";

    /// <summary>A member, or a page below.</summary>
    public static string Member(string number, string below = "") => $"{Members}/{Uri.EscapeDataString(number)}{(below.Length > 0 ? "/" + below : "")}";

    /// <summary>Members with a tag.</summary>
    public static string WithTag(string tag) => $"{Members}?tag={Uri.EscapeDataString(tag)}";

    /// <summary>What the import left open, of one kind.</summary>
    public static string ClarificationsOf(string kind) => $"{Clarifications}?kind={kind}";

    /// <summary>What ends, of one kind.</summary>
    public static string RenewalsOf(string kind) => $"{Renewals}?kind={kind}";

    /// <summary>Where a member is asked about what ends.</summary>
    public static string Renewal(string kind, Guid subject) => $"{Renewals}/{kind}/{subject}";

    /// <summary>The checklist of a dues year.</summary>
    public static string DuesYear(int year) => $"{Dues}/years/{year}";

    /// <summary>A run, or a page below.</summary>
    public static string Run(string code, string below = "") => $"{Dues}/{code}{(below.Length > 0 ? "/" + below : "")}";

    /// <summary>The calculator with a member's facts.</summary>
    public static string CalculatorOf(string number) => $"{Calculator}?member={Uri.EscapeDataString(number)}";

    /// <summary>Where a wrong charge is corrected.</summary>
    public static string Correction(ChargeId charge) => $"{Dues}/corrections/{charge.Value}";
}
