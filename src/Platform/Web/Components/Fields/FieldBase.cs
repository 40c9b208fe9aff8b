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

    /// <summary>What the record holds, as the field would show it.</summary>
    private protected virtual string? Present => null;

    /// <summary>What somebody else has saved meanwhile, where it is not what was typed; both are shown, to choose.</summary>
    private protected string? Stored =>
        Form is { IsPosted: true, Post.Conflict: not null } form && (Present ?? "").Trim() != (form.Typed(Name) ?? "").Trim() ? Present ?? "" : null;

    /// <summary>The stored value, to be taken with a tick.</summary>
    private protected RenderFragment StoredValue(string? text) =>
        builder =>
        {
            builder.OpenComponent<StoredValue>(0);
            builder.AddComponentParameter(1, nameof(Components.StoredValue.Id), Id);
            builder.AddComponentParameter(2, nameof(Components.StoredValue.Name), Name);
            builder.AddComponentParameter(3, nameof(Components.StoredValue.Value), Stored);
            builder.AddComponentParameter(4, nameof(Components.StoredValue.Text), text);
            builder.CloseComponent();
        };

    private protected string? DescribedBy =>
        string.Join(' ', new[] { Error is null ? null : Id + "-e", Stored is null ? null : Id + "-s", Hint is null ? null : Id + "-h" }.OfType<string>())
            is { Length: > 0 } ids
            ? ids
            : null;

    private protected string? Invalid => Error is null ? null : "true";

    private protected string? Shown => Form?.Typed(Name) ?? Present;

    /// <inheritdoc/>
    protected override void OnParametersSet() => Form?.Register(Name, Label);
}
