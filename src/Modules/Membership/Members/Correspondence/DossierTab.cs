using Association.Membership.Contracts;
using Association.Membership.Members.Notes;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Correspondence;

/// <summary>The tab „Akte“ on a member's page: notes, letters and files.</summary>
internal sealed class DossierTab(IStringLocalizer<NoteTexts> texts) : IMemberPanel
{
    public string Name => "notes";
    public string Title => texts["Tab"];
    public string Permission => MembersFeature.ReadNotes;
    public int Order => 400;
    public Type Component => typeof(DossierPanel);
}
