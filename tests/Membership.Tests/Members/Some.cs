using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
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
