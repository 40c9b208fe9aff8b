using Association.Membership.Contracts;
using Association.Membership.Members.Letters;
using Association.Membership.Members.List;
using Association.Membership.Members.List.Export;
using Association.Membership.Members.Record;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Membership.Members;

internal static class MembersFeature
{
    public const string Read = "membership.members.read";
    public const string Edit = "membership.members.edit";

    public static readonly Permission[] Permissions = [new(Read, PermissionKind.Read, Roles.Office, Roles.Board), new(Edit, PermissionKind.Act, Roles.Office)];

    public static MenuEntry Menu(params MenuEntry[] others) =>
        new(
            "Menu.Members",
            MembershipPages.Members,
            "people",
            Read,
            100,
            typeof(MembersTexts),
            [
                new MenuEntry("Menu.Members", MembershipPages.Members, "", Read, 101, typeof(MembersTexts)),
                .. others,
                new MenuEntry("Menu.Tags", MembershipPages.Tags, "", Read, 190, typeof(MembersTexts)),
            ]
        );

    public static readonly MenuEntry New = new("Members.Admit", MembershipPages.NewMember, "people", Edit, 100, typeof(MembersTexts));

    public static void AddServices(IServiceCollection services) =>
        services.AddScoped<IMemberDirectory, MemberDirectory>().AddScoped<IWrittenLetters, WrittenLetters>().AddScoped<MembersView>();

    public static void MapEndpoints(IEndpointRouteBuilder routes)
    {
        MemberDownloads.Map(routes);
        SerialLetterDownload.Map(routes);
    }
}
