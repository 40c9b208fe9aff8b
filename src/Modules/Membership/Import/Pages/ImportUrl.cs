using Association.Membership.Contracts;

namespace Association.Membership.Import.Pages;

/// <summary>Addresses of the import's pages.</summary>
internal static class ImportUrl
{
    public const string Start = MembershipPages.Import;

    public static string Preview(Guid draft) => $"{Start}/{draft}";

    public static string Columns(Guid draft) => $"{Start}/{draft}/columns";

    public static string Errors(Guid draft) => $"{Start}/{draft}/errors.xlsx";

    public static string Undo(Guid import) => $"{Start}/undo/{import}";
}
