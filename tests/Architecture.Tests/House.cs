using System.Reflection;
using System.Xml.Linq;
using Association.Testing;
using Microsoft.AspNetCore.Components;

namespace Association.Architecture.Tests;

/// <summary>The rules of docs/architecture.md as functions that return what breaks them, so that each can be tried on a house that does.</summary>
internal static class House
{
    /// <summary>The folder with Association.sln.</summary>
    public static string Root => Repository.Root;

    /// <summary>The modules' own assemblies, not their contracts.</summary>
    public static IReadOnlyList<Assembly> Modules { get; } = [typeof(Membership.MembershipModule).Assembly, typeof(Billing.BillingModule).Assembly, typeof(Board.BoardModule).Assembly];

    /// <summary>The assemblies of the contracts.</summary>
    public static IReadOnlyList<Assembly> Contracts { get; } =
        [typeof(Membership.Contracts.MemberId).Assembly, typeof(Billing.Contracts.ChargesInvoiced).Assembly];

    /// <summary>A project and the projects it references, by the folders they lie in: <c>Modules/Billing</c>.</summary>
    public sealed record Project(string Folder, IReadOnlyList<string> References);

    /// <summary>Every project below src.</summary>
    public static IReadOnlyList<Project> Projects() =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(Read)];

    private static Project Read(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var references = XDocument.Load(file).Descendants("ProjectReference")
            .Select(r => Path.GetDirectoryName(Path.GetFullPath(Path.Combine(folder, (string)r.Attribute("Include")!)))!);
        return new Project(Below(folder), [.. references.Select(Below)]);
    }

    private static string Below(string folder) => Path.GetRelativePath(Path.Combine(Root, "src"), folder).Replace('\\', '/');

    /// <summary>Arrows point one way: Host → modules → contracts → Platform.</summary>
    public static IEnumerable<string> WrongArrows(IEnumerable<Project> projects) =>
        from project in projects
        from reference in project.References
        where !Allowed(project.Folder, reference)
        select $"{project.Folder} must not reference {reference}";

    private static bool Allowed(string from, string to) => from switch
    {
        _ when from.StartsWith("Platform/", StringComparison.Ordinal) => to.StartsWith("Platform/", StringComparison.Ordinal),
        _ when from.EndsWith(".Contracts", StringComparison.Ordinal) => to.StartsWith("Platform/", StringComparison.Ordinal) || to.EndsWith(".Contracts", StringComparison.Ordinal),
        _ when from.StartsWith("Modules/", StringComparison.Ordinal) => to.StartsWith("Platform/", StringComparison.Ordinal) || to.EndsWith(".Contracts", StringComparison.Ordinal),
        _ => true, // the Host composes everything
    };

    /// <summary>Contracts hold records, interfaces and enums that somebody else may use, nothing that works by itself.</summary>
    public static IEnumerable<string> NoContract(IEnumerable<Type> types) =>
        from type in types.Where(Written)
        where !type.IsPublic || !(type.IsInterface || type.IsEnum || IsRecord(type))
        select $"{type} is no public record, interface or enum";

    /// <summary>What a module shows is its front door, its pages and the markers of its texts; everything else is internal.</summary>
    public static IEnumerable<string> NeedlesslyPublic(IEnumerable<Type> types) =>
        from type in types.Where(Written)
        where type.IsPublic
            && !typeof(Platform.Web.Modules.IModule).IsAssignableFrom(type)
            && !typeof(IComponent).IsAssignableFrom(type)
            && !type.Name.EndsWith("Texts", StringComparison.Ordinal)
        select $"{type} is public";

    /// <summary>A class nobody derives from says so.</summary>
    public static IEnumerable<string> Unsealed(IReadOnlyCollection<Type> types) =>
        from type in types.Where(Written)
        where type is { IsClass: true, IsAbstract: false, IsSealed: false }
            && !typeof(IComponent).IsAssignableFrom(type)
            && !types.Any(t => t.BaseType == type)
        select $"{type} is not sealed";

    /// <summary>SQL of one module that names another module's schema: it must ask the other module's contracts.</summary>
    public static IEnumerable<string> ForeignSchemas(string module, IEnumerable<(string File, string Text)> sources, IEnumerable<string> schemas) =>
        from source in sources
        from schema in schemas
        where schema != module
        where System.Text.RegularExpressions.Regex.IsMatch(
            source.Text, $@"\b(from|join|into|update|table|references|copy|delete\s+from)\s+{schema}\.[a-z_]+", System.Text.RegularExpressions.RegexOptions.IgnoreCase)
        select $"{source.File} reads the schema {schema}";

    /// <summary>The C# and SQL files of a module, by path.</summary>
    public static IEnumerable<(string File, string Text)> SourcesOf(string module) =>
        from file in Directory.EnumerateFiles(Path.Combine(Root, "src", "Modules", module), "*", SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".cs" or ".sql" or ".razor"
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select (Path.GetRelativePath(Root, file), File.ReadAllText(file));

    /// <summary>Types a person wrote: no compiler helpers, nothing nested.</summary>
    private static bool Written(Type type) =>
        !type.IsNested && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.Name != "_Imports" // what the compiler makes of _Imports.razor
        && !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute))
        && type.Namespace?.StartsWith("Association", StringComparison.Ordinal) == true;

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public) is not null;
}
