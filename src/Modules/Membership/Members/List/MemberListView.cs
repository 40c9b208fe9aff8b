using Association.Membership.Members.List.Rows;
using Association.Membership.Members.Model;
using Association.Membership.Members.Tags;
using Association.Platform.Web.Lists;

namespace Association.Membership.Members.List;

/// <summary>All that the parts of the list's page show.</summary>
/// <param name="List">What was asked for.</param>
/// <param name="Page">What was found.</param>
/// <param name="Columns">What is shown of a member.</param>
/// <param name="Categories">In the order of the regulation.</param>
/// <param name="Tags">By name.</param>
/// <param name="Present">The address that shows the same, without the place of the page.</param>
/// <param name="Today">The day for which category and status are meant.</param>
internal sealed record MemberListView(
    ListMembers List,
    MemberList Page,
    ColumnChoice<MemberColumn> Columns,
    IReadOnlyList<Category> Categories,
    IReadOnlyList<TagCount> Tags,
    string Present,
    DateOnly Today
);
