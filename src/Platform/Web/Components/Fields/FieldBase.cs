using Microsoft.AspNetCore.Components;

namespace Association.Platform.Web.Components;

/// <summary>What all fields share: label, hint, error, the text that was typed.</summary>
public abstract class FieldBase : LoadedComponent
{
    /// <summary>The command's property; also the posted name.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>The word above.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>A line below: form, source, consequence.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>Marks the field as voluntary.</summary>
    [Parameter]
    public bool Optional { get; set; }

    /// <summary>Shown, not to be changed.</summary>
    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>Value of the HTML attribute of this name.</summary>
    [Parameter]
    public string? Autocomplete { get; set; }

    [CascadingParameter]
    private protected FormContext? Form { get; set; }

    private protected string Id => Form?.IdOf(Name) ?? Name;

    private protected string? Error => Form?.ErrorOf(Name);

    private protected string? DescribedBy =>
        (Error, Hint) switch
        {
            (null, null) => null,
            (null, _) => Id + "-h",
            (_, null) => Id + "-e",
            _ => $"{Id}-e {Id}-h",
        };

    private protected string? Invalid => Error is null ? null : "true";

    private protected string? Shown(string? value) => Form?.Typed(Name) ?? value;

    /// <inheritdoc/>
    protected override void OnParametersSet() => Form?.Register(Name, Label);
}
