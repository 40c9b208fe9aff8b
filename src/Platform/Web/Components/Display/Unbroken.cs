using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Association.Platform.Web.Components;

/// <summary>The text of a heading, in which a document's number stays in one piece: it has hyphens at which a line would end.</summary>
public sealed class Unbroken : ComponentBase
{
    private const int LongestNumber = 18; // a longer one must break on a phone

    /// <summary>The text.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        foreach (var (word, index) in Text.Split(' ').Select((w, i) => (w, i)))
        {
            if (index > 0)
                builder.AddContent(0, " ");
            if (!IsNumber(word))
            {
                builder.AddContent(1, word);
                continue;
            }
            builder.OpenElement(2, "span");
            builder.AddAttribute(3, "class", "nowrap");
            builder.AddContent(4, word);
            builder.CloseElement();
        }
    }

    private static bool IsNumber(string word) => word.Length <= LongestNumber && word.Contains('-', StringComparison.Ordinal) && word.Any(char.IsAsciiDigit);
}
