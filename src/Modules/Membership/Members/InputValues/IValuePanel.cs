using Association.Platform.Web.Modules;

namespace Association.Membership.Members.InputValues;

/// <summary>What stands below the values of a member, from a feature that asks for them.</summary>
[Contribution]
internal interface IValuePanel
{
    /// <summary>The permission without which it is not shown.</summary>
    string Permission { get; }

    /// <summary>The Razor component; it gets one parameter <c>Member</c> of type <see cref="Contracts.MemberId"/>.</summary>
    Type Component { get; }
}
