using System.Text.RegularExpressions;

namespace Association.Platform.Web.Components;

/// <summary>The form around a field: what was typed into it and what is wrong with it.</summary>
/// <param name="Name">The form's name.</param>
/// <param name="Post">The form that is being submitted, this one or another.</param>
public sealed partial record FormContext(string Name, FormPost Post)
{
    private readonly Dictionary<string, string> labels = new(StringComparer.Ordinal);

    /// <summary>Whether this form is the one being submitted.</summary>
    public bool IsPosted => Post.Posted == Name;

    /// <summary>Whether it comes back as it was posted when nobody was signed in any more.</summary>
    public bool IsKept => Post.Kept == Name;

    /// <summary>Whether its fields show what was typed.</summary>
    public bool IsFilled => IsPosted || IsKept;

    /// <summary>What was typed; null when this form was not submitted.</summary>
    public string? Typed(string field) => IsFilled ? Post.Raw(field) ?? "" : null;

    /// <summary>What is wrong with the field.</summary>
    public string? ErrorOf(string field) => IsPosted ? Post.Problems.FirstOrDefault(p => p.Field == field)?.Text : null;

    /// <summary>The id of the field's input.</summary>
    public string IdOf(string field) => Unsafe().Replace($"{Name}-{field}", "-");

    /// <summary>What the field is called, for the summary.</summary>
    public string? LabelOf(string field) => labels.GetValueOrDefault(field);

    internal void Register(string field, string label) => labels[field] = label;

    [GeneratedRegex("[^A-Za-z0-9_-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Unsafe();
}
