using Association.Membership.Contracts;
using Association.Membership.Members.Correspondence;
using Association.Membership.Members.Files;
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

    // Notes, files and letters of a member: nobody but the office sees them unless an administrator says so.
    public const string ReadNotes = "membership.notes.read";
    public const string WriteNotes = "membership.notes.write";

    public static readonly Permission[] Permissions =
    [
        new(Read, PermissionKind.Read, Roles.Office, Roles.Board),
        new(Edit, PermissionKind.Act, Roles.Office),
        new(ReadNotes, PermissionKind.Read, Roles.Office),
        new(WriteNotes, PermissionKind.Act, Roles.Office),
    ];

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
                new MenuEntry("Menu.Templates", MembershipPages.Templates, "", WriteNotes, 185, typeof(MembersTexts)),
                new MenuEntry("Menu.Tags", MembershipPages.Tags, "", Read, 190, typeof(MembersTexts)),
            ]
        );

    public static readonly MenuEntry New = new("Members.Admit", MembershipPages.NewMember, "people", Edit, 100, typeof(MembersTexts));

    public static void AddServices(IServiceCollection services) =>
        services
            .AddScoped<IMemberDirectory, MemberDirectory>()
            .AddScoped<IWrittenLetters, WrittenLetters>()
            .AddScoped<MembersView>()
            .AddScoped<LetterHandOver>()
            .AddScoped<LetterWriting>();

    public static void MapEndpoints(IEndpointRouteBuilder routes)
    {
        MemberDownloads.Map(routes);
        SerialLetterDownload.Map(routes);
        FileDownload.Map(routes);
        LetterDownloads.Map(routes);
    }
}
