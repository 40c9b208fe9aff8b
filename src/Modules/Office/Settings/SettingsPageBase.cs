using Association.Office.Settings.Overview;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings;

/// <summary>What the pages of the settings share: the settings, and who may change them.</summary>
public abstract class SettingsPageBase : LoadedComponent
{
    [Inject]
    private IMessageBus Bus { get; set; } = null!;

    [Inject]
    private protected FormPost Post { get; set; } = null!;

    [Inject]
    private protected Toasts Toasts { get; set; } = null!;

    [Inject]
    private protected NavigationManager Nav { get; set; } = null!;

    [Inject]
    private protected CurrentUser User { get; set; } = null!;

    [Inject]
    private protected IStringLocalizer<SettingsTexts> L { get; set; } = null!;

    private protected SettingsView Settings { get; private set; } = null!;

    private protected bool ReadOnly => !User.Actor.May(SettingsModule.Edit);

    /// <inheritdoc/>
    /// <remarks>Read before anything else of the page runs, so that no part of it is rendered without the settings.</remarks>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        Settings = await Bus.QueryAsync(new ReadSettings());
        await base.SetParametersAsync(ParameterView.Empty);
    }

    private protected async Task SaveAsync(object command, string back)
    {
        if (!await Post.InvokeAsync(command))
            return;
        Toasts.Say(L["Form.Saved"]);
        Nav.NavigateTo(back);
    }
}
