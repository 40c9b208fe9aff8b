using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace Association.Membership.Tests.Members;

/// <summary>Members as tests need them.</summary>
internal static class Some
{
    public static MemberDetails Details(string name = "Waldkrankenhaus Lebach gGmbH", string town = "Lebach", MemberKind kind = MemberKind.Organisation) =>
        new(kind, name, "", "Am Bürgerpark 118a", "66822", town, "DE", "de", "post@waldkrankenhaus.example", "06881 555-0", false, null, "");

    public static async Task<Member> MemberAsync(
        this TestOffice office,
        string? number = null,
        string name = "Waldkrankenhaus Lebach gGmbH",
        string category = "hospital",
        string town = "Lebach",
        DateOnly? joinedOn = null
    )
    {
        var admitted = await office
            .As("office")
            .Bus.InvokeAsync<MemberAdmitted>(new AdmitMember(number, category, joinedOn ?? new DateOnly(2013, 4, 1), Details(name, town)));
        return await office.ReadAsync(admitted.Id);
    }

    /// <summary>What letters are headed with, and mails that leave by a server on this machine.</summary>
    public static async Task WriteByMailAsync(this TestOffice office, int port)
    {
        await using var scope = office.Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<IAssociationProfiles>()
            .SaveAsync(
                new AssociationProfile(
                    1,
                    "Gesundheitsregion Bliesland e. V.",
                    "Bliesland",
                    "Am Ludwigsplatz 3",
                    "66117",
                    "Saarbrücken",
                    "post@bliesland.example",
                    "0681 555-0",
                    "www.bliesland.example",
                    "Vereinsregister Saarbrücken VR 4711",
                    "Vorstand: Dr. Nora Groß",
                    "040/140/12345",
                    "Deutsche Kreditbank Berlin",
                    "DE02120300000000202051",
                    "BYLADEM1001",
                    "DE98ZZZ09999999999"
                ),
                CancellationToken.None
            );
        var rules = scope.ServiceProvider.GetRequiredService<IOfficeRules>();
        var current = await rules.CurrentAsync(CancellationToken.None);
        await using var connection = await office.Database.OpenConnectionAsync();
        (
            await rules.SaveAsync(
                connection,
                current with
                {
                    Mail = new MailRules
                    {
                        Server = "127.0.0.1",
                        Port = port,
                        Security = MailSecurity.Plain,
                        SenderName = "Bliesland",
                        SenderAddress = "post@bliesland.example",
                    },
                },
                CancellationToken.None
            )
        ).ShouldNotBeNull();
    }

    /// <summary>The member as it is stored now.</summary>
    public static async Task<Member> ReadAsync(this TestOffice office, MemberId id) => await office.Db().Members.AsNoTracking().SingleAsync(m => m.Id == id);

    /// <summary>A context of its own.</summary>
    public static MembershipDb Db(this TestOffice office) => office.As("office").Services.GetRequiredService<MembershipDb>();

    public static Task InvokeAsync(this TestOffice office, object command) => office.As("office").Bus.InvokeAsync(command);

    /// <summary>The command is refused with a problem at this field, in words, and nothing is written.</summary>
    public static async Task<string> ShouldRefuseAsync(this TestOffice office, object command, string field)
    {
        var refused = await Should.ThrowAsync<ProblemsException>(() => office.InvokeAsync(command));
        var problem = refused.Problems.ShouldHaveSingleItem();
        problem.Field.ShouldBe(field);
        problem.Text.ShouldContain(' '); // a key without text shows itself
        return problem.Text;
    }

    /// <summary>All that is wrong is said at once, each at its field.</summary>
    public static async Task ShouldRefuseAllAsync(this TestOffice office, object command, params string[] fields)
    {
        var refused = await Should.ThrowAsync<ProblemsException>(() => office.InvokeAsync(command));
        refused.Problems.Select(p => p.Field).ShouldBe(fields, ignoreOrder: true);
        refused.Problems.ShouldAllBe(p => p.Text.Contains(' '));
    }
}
