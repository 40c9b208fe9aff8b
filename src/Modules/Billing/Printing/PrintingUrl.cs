using System.Globalization;

namespace Association.Billing.Printing;

/// <summary>The addresses of the pages about printing.</summary>
internal static class PrintingUrl
{
    public const string Start = "/office/printing";
    public const string Letters = "/office/printing/letters";
    public const string NewLetter = "/office/printing/letters/new";

    /// <summary>A batch, or a page below it.</summary>
    public static string Batch(int number, string below = "") => $"{Start}/{number.ToString(CultureInfo.InvariantCulture)}{(below.Length > 0 ? "/" + below : "")}";

    public static string Letter(Guid id) => $"{Letters}/{id}";
}
