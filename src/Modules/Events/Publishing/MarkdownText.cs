using System.Net;
using Ganss.Xss;
using Markdig;
using Markdig.Syntax;

namespace Association.Events.Publishing;

/// <summary>Markdown as HTML that can stand on a public page: paragraphs, lists, headings, links; nothing that runs, nothing from elsewhere. Thread
/// safe.</summary>
internal static class MarkdownText
{
    private const int HeadingsBelow = 2; // the page and its parts have the first two

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();
    private static readonly HtmlSanitizer Sanitizer = Strict();

    /// <summary>Of a text that somebody typed.</summary>
    public static string ToHtml(string text)
    {
        if (text.Length == 0)
            return "";
        try
        {
            var document = Markdown.Parse(text, Pipeline);
            foreach (var heading in document.Descendants<HeadingBlock>())
                heading.Level = Math.Min(6, heading.Level + HeadingsBelow);
            return Sanitizer.Sanitize(document.ToHtml(Pipeline));
        }
        catch (ArgumentException) // nested deeper than Markdig goes: as it was typed
        {
            return $"<p>{WebUtility.HtmlEncode(text)}</p>";
        }
    }

    private static HtmlSanitizer Strict()
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedTags.Clear();
        sanitizer.AllowedTags.UnionWith(["p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "h5", "h6", "blockquote", "code", "pre", "hr"]);
        sanitizer.AllowedAttributes.Clear();
        sanitizer.AllowedAttributes.Add("href");
        sanitizer.AllowedCssProperties.Clear();
        sanitizer.AllowedAtRules.Clear();
        sanitizer.AllowedSchemes.Clear();
        sanitizer.AllowedSchemes.UnionWith(["http", "https", "mailto", "tel"]);
        return sanitizer;
    }
}
