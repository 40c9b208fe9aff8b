using System.Globalization;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Members.Categories;

/// <summary>The categories in the order of the regulation.</summary>
[Permission(MembersFeature.Read)]
internal sealed record ListCategories : IQuery<IReadOnlyList<Category>>;

internal static class ListCategoriesHandler
{
    public static async Task<IReadOnlyList<Category>> Handle(ListCategories _, MembershipDb db, CancellationToken ct) =>
        await db.Categories.AsNoTracking().OrderBy(c => c.Position).ToListAsync(ct);
}

internal static class CategoryNames
{
    /// <summary>The name in the language of the request; the code itself when there is no such category.</summary>
    public static string NameOf(this IEnumerable<Category> categories, string code) =>
        categories.FirstOrDefault(c => c.Code == code)?.NameIn(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) ?? code;
}
