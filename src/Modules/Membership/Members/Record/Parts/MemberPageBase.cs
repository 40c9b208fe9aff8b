using Association.Membership.Contracts;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Components;
using Association.Platform.Web.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Record.Parts;

/// <summary>A page about one member: reads the member of the address, or answers 404.</summary>
public abstract class MemberPageBase : LoadedComponent
{
    /// <summary>Mitgliedsnummer from the address.</summary>
    [Parameter]
    public string Number { get; set; } = "";

    [Inject]
    private protected IMessageBus Bus { get; set; } = null!;

    [Inject]
    private protected FormPost Post { get; set; } = null!;

    [Inject]
    private protected Toasts Toasts { get; set; } = null!;

    [Inject]
    private protected NavigationManager Nav { get; set; } = null!;

    [Inject]
    private protected CurrentUser User { get; set; } = null!;

    [Inject]
    private protected IStringLocalizer<MembersTexts> L { get; set; } = null!;

    /// <summary>The clarification that this page was opened for.</summary>
    [SupplyParameterFromQuery(Name = "clarification")]
    private protected Guid? ClarificationParameter { get; set; }

    private protected MemberRecord? Record { get; private set; }

    private protected bool MayEdit => User.Actor.May(MembersFeature.Edit);

    private protected Model.ClarificationId? Resolves => ClarificationParameter is { } id ? Model.ClarificationId.From(id) : null;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Record = await Bus.QueryAsync(new ReadMember(Number.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)));
        if (Record is null)
            Nav.NotFound();
        else
            await LoadAsync(Record);
    }

    /// <summary>Reads what else the page shows.</summary>
    private protected virtual Task LoadAsync(MemberRecord record) => Task.CompletedTask;

    /// <summary>Says what was done and goes back to the member, or to the list of clarifications if that is where one came from.</summary>
    private protected void Done(string text, string below = "")
    {
        Toasts.Say(text);
        Nav.NavigateTo(Resolves is not null ? ListReturn.Read(Nav, MembershipPages.Clarifications) : MembershipPages.Member(Record!.Member.Number, below));
    }
}
