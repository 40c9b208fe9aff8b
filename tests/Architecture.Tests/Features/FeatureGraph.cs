using System.Reflection;
using System.Text.RegularExpressions;

namespace Association.Architecture.Tests.Features;

/// <summary>
/// Which features of one assembly speak of which. A feature is the first folder below the project, with all that lies in it. What lies in the project's own folder
/// stands for itself: the front door is above all features, the words that all use are below.
/// </summary>
/// <param name="Root">The assembly's namespace.</param>
/// <param name="References">From feature to feature.</param>
internal sealed partial record FeatureGraph(string Root, IReadOnlyCollection<FeatureGraph.Reference> References)
{
    /// <summary>One place where a feature speaks of another.</summary>
    /// <param name="From">The feature, or the type beside the features.</param>
    /// <param name="To">The other.</param>
    /// <param name="Where">What speaks of what.</param>
    public sealed record Reference(string From, string To, string Where);

    /// <summary>Reads an assembly and the usings of its sources, which alone tell of constants.</summary>
    public static FeatureGraph Of(string root, Assembly assembly, IEnumerable<(string File, string Text)> sources)
    {
        var types = Of(root, assembly.GetTypes());
        return types with { References = [.. types.References, .. Usings(root, sources)] };
    }

    /// <summary>Reads compiled types.</summary>
    public static FeatureGraph Of(string root, IEnumerable<Type> types) =>
        new(
            root,
            [
                .. from type in types
                let at = Feature(root, type)
                where at is not null
                from mentioned in MentionedTypes.Of(type)
                let other = mentioned.Assembly == type.Assembly ? Feature(root, mentioned) : null
                where other is not null && other != at
                select new Reference(at, other, $"{Outermost(type).Name} uses {Outermost(mentioned).Name}"),
            ]
        );

    /// <summary>Reads the usings of sources.</summary>
    public static IEnumerable<Reference> Usings(string root, IEnumerable<(string File, string Text)> sources) =>
        from source in sources
        let at = Feature(root, Namespace().Match(source.Text).Groups[1].Value)
        where at is not null
        from use in Using().Matches(source.Text)
        let other = Feature(root, use.Groups[1].Value)
        where other is not null && other != at
        select new Reference(at, other, $"{Path.GetFileName(source.File)} has {use.Value}");

    /// <summary>The shortest way from a feature back to itself, as the references that make it; empty when all arrows point one way.</summary>
    public IReadOnlyList<string> ShortestCircle()
    {
        var arrows = References.ToLookup(r => r.From);
        return References
                .Select(r => r.From)
                .Where(IsFeature)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(feature => Circle(feature, arrows))
                .Where(circle => circle.Count > 0)
                .MinBy(circle => circle.Count)
                ?.Select(Say)
                .ToList()
            ?? [];

        string Say(Reference arrow) =>
            $"{Root}: {arrow.From} → {arrow.To}: "
            + string.Join(", ", arrows[arrow.From].Where(r => r.To == arrow.To).Select(r => r.Where).Distinct().Order(StringComparer.Ordinal).Take(5));
    }

    // Breadth first, so the first way home is a shortest one.
    private static IReadOnlyList<Reference> Circle(string feature, ILookup<string, Reference> arrows)
    {
        var ways = new Queue<IReadOnlyList<Reference>>(arrows[feature].DistinctBy(r => r.To).Select(r => (IReadOnlyList<Reference>)[r]));
        var seen = new HashSet<string>();
        while (ways.TryDequeue(out var way))
        {
            var at = way[^1].To;
            if (at == feature)
                return way;
            if (!seen.Add(at))
                continue;
            foreach (var next in arrows[at].DistinctBy(r => r.To))
                ways.Enqueue([.. way, next]);
        }
        return [];
    }

    private static bool IsFeature(string name) => !name.StartsWith('.');

    // What a generator writes lies in no namespace of ours, and is no feature.
    private static string? Feature(string root, Type type) =>
        Outermost(type) is var outer && outer.Namespace == root ? $".{outer.Name}" : Feature(root, outer.Namespace ?? "");

    private static string? Feature(string root, string name) =>
        name.StartsWith(root + ".", StringComparison.Ordinal) ? name[(root.Length + 1)..].Split('.')[0] : null;

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (?:static )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
