using System.Globalization;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Members.Categories;

internal sealed class MemberCategories(MembershipDb db) : IMemberCategories
{
    public async Task<IReadOnlyList<MemberCategoryName>> ListAsync(CancellationToken ct)
    {
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return
        [
            .. (await db.Set<Category>().AsNoTracking().OrderBy(c => c.Position).ToListAsync(ct)).Select(c => new MemberCategoryName(
                c.Code,
                c.NameIn(language)
            )),
        ];
    }
}
