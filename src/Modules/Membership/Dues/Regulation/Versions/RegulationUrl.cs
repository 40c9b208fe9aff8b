using System.Globalization;
using Association.Membership.Contracts;

namespace Association.Membership.Dues.Regulation.Versions;

/// <summary>The addresses of the regulation's pages.</summary>
internal static class RegulationUrl
{
    public const string List = MembershipPages.Regulations;

    /// <summary>A version, or a page below it: <c>edit</c>, <c>rules/hospital</c>, <c>compare</c>, <c>simulation</c>.</summary>
    public static string Of(int number, string below = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{List}/{number}{(below.Length > 0 ? "/" : "")}{below}");
}
