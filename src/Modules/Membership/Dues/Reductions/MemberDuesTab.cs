using Association.Membership.Contracts;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Reductions;

/// <summary>The tab „Beiträge“ on a member's page.</summary>
internal sealed class MemberDuesTab(IStringLocalizer<DuesTexts> texts) : IMemberPanel
{
    public string Name => "dues";
    public string Title => texts["Member.Title"];
    public string Permission => DuesFeature.Read;
    public int Order => 200;
    public Type Component => typeof(MemberDuesPanel);
    public Type? Figure => typeof(DuesFigure);
}
