using Association.Membership.Contracts;
using Association.Membership.Members;
using Association.Membership.Renewals.Year;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Membership.Renewals;

internal static class RenewalsFeature
{
    public static readonly MenuEntry Menu = new("Menu.Renewals", MembershipPages.Renewals, "", MembersFeature.Read, 150, typeof(RenewalTexts));

    public static void AddServices(IServiceCollection services) => services.AddScoped<DuesYears>();
}
