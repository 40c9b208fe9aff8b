using Microsoft.AspNetCore.Components;

namespace Association.Platform.Web.Components;

/// <summary>
/// Renders once, when everything it shows has been read. The framework's own component renders at the first wait, too, which serves interactive pages; here
/// it would be a second rendering for nothing, and every page would have to be written for a moment in which it knows nothing yet.
/// </summary>
public abstract class LoadedComponent : ComponentBase
{
    private bool _initialised;

    /// <inheritdoc/>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!_initialised)
        {
            _initialised = true;
            OnInitialized();
            await OnInitializedAsync();
        }
        OnParametersSet();
        await OnParametersSetAsync();
        StateHasChanged();
    }
}
