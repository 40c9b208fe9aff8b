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

    /// <summary>The modules' own assemblies, not their contracts: one for each folder below src/Modules.</summary>
    public static IReadOnlyList<Assembly> Modules { get; } = [.. Folders().Where(f => !IsContract(f)).Select(Load)];

    /// <summary>The assemblies of the contracts.</summary>
    public static IReadOnlyList<Assembly> Contracts { get; } = [.. Folders().Where(IsContract).Select(Load)];

    /// <summary>Files with one of these endings below a folder of the repository, without what a build leaves there.</summary>
    public static IEnumerable<string> Files(string below, params string[] endings) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, below), "*", SearchOption.AllDirectories)
            .Where(f => Array.Exists(endings, ending => f.EndsWith(ending, StringComparison.Ordinal)))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    private static IEnumerable<string> Folders() =>
        Directory
            .EnumerateDirectories(Path.Combine(Root, "src", "Modules"))
            .Where(f => Directory.EnumerateFiles(f, "*.csproj").Any())
            .Select(f => Path.GetFileName(f)!)
            .Order(StringComparer.Ordinal);

    private static bool IsContract(string folder) => folder.EndsWith(".Contracts", StringComparison.Ordinal);

    private static Assembly Load(string folder) => Assembly.Load($"Association.{folder}");

    /// <summary>A project and the projects it references, by the folders they lie in: <c>Modules/Billing</c>.</summary>
    public sealed record Project(string Folder, IReadOnlyList<string> References);

    /// <summary>Every project below src.</summary>
    public static IReadOnlyList<Project> Projects() =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(Read)];

    private static Project Read(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var common = Path.Combine(Path.GetDirectoryName(folder)!, "Directory.Build.props"); // of the modules; it names what all of them reference
        return new Project(Below(folder), [.. ReferencesOf(file).Concat(File.Exists(common) ? ReferencesOf(common) : [])]);
    }

    private static IEnumerable<string> ReferencesOf(string file) =>
        XDocument
            .Load(file)
            .Descendants("ProjectReference")
            .Select(r => ((string)r.Attribute("Include")!).Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal))
            .Select(path => Below(Path.GetDirectoryName(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, path)))!));

    private static string Below(string folder) => Path.GetRelativePath(Path.Combine(Root, "src"), folder).Replace('\\', '/');

    /// <summary>Arrows point one way: Host → modules → contracts → Platform.</summary>
    public static IEnumerable<string> WrongArrows(IEnumerable<Project> projects) =>
        from project in projects
        from reference in project.References
        where !Allowed(project.Folder, reference)
        select $"{project.Folder} must not reference {reference}";

    private static bool Allowed(string from, string to) =>
        from switch
        {
            _ when from.StartsWith("Platform/", StringComparison.Ordinal) => to.StartsWith("Platform/", StringComparison.Ordinal),
            _ when from.EndsWith(".Contracts", StringComparison.Ordinal) => to.StartsWith("Platform/", StringComparison.Ordinal)
                || to.EndsWith(".Contracts", StringComparison.Ordinal),
            _ when from.StartsWith("Modules/", StringComparison.Ordinal) => to.StartsWith("Platform/", StringComparison.Ordinal)
                || to.EndsWith(".Contracts", StringComparison.Ordinal),
            _ => true, // the Host composes everything
        };

    /// <summary>Contracts hold records, interfaces and enums that somebody else may use, and the addresses of pages; nothing that works by itself.</summary>
    public static IEnumerable<string> NoContract(IEnumerable<Type> types) =>
        from type in types.Where(Written)
        where !type.IsPublic || !(type.IsInterface || type.IsEnum || IsRecord(type) || IsPages(type))
        select $"{type} is no public record, interface, enum or list of page addresses";

    /// <summary>What a module shows is its front door, its pages with what is handed to their parts, and the markers of its texts; everything else is
    /// internal.</summary>
    public static IEnumerable<string> NeedlesslyPublic(IReadOnlyCollection<Type> types)
    {
        var handed = HandedToComponents(types);
        return from type in types.Where(Written)
            where
                type.IsPublic
                && !typeof(Platform.Web.Modules.IModule).IsAssignableFrom(type)
                && !typeof(IComponent).IsAssignableFrom(type)
                && !type.Name.EndsWith("Texts", StringComparison.Ordinal)
                && !handed.Contains(type)
            select $"{type} is public";
    }

    // The framework wants parameters to be public, and the language then wants their types to be, with what these consist of.
    private static HashSet<Type> HandedToComponents(IEnumerable<Type> types)
    {
        var found = new HashSet<Type>();
        var open = new Stack<Type>(
            types
                .Where(typeof(IComponent).IsAssignableFrom)
                .SelectMany(t => t.GetProperties())
                .Where(p => p.IsDefined(typeof(ParameterAttribute)))
                .Select(p => p.PropertyType)
        );
        while (open.TryPop(out var type))
        {
            foreach (var argument in type.GetGenericArguments())
                open.Push(argument);
            if (!found.Add(type) || !Written(type))
                continue;
            foreach (var property in type.GetProperties())
                open.Push(property.PropertyType);
        }
        return found;
    }

    /// <summary>A class nobody derives from says so.</summary>
    public static IEnumerable<string> Unsealed(IReadOnlyCollection<Type> types) =>
        from type in types.Where(Written)
        where type is { IsClass: true, IsAbstract: false, IsSealed: false } && !typeof(IComponent).IsAssignableFrom(type) && !types.Any(t => t.BaseType == type)
        select $"{type} is not sealed";

    /// <summary>SQL of one module that names another module's schema: it must ask the other module's contracts.</summary>
    public static IEnumerable<string> ForeignSchemas(
        IReadOnlyCollection<string> own,
        IEnumerable<(string File, string Text)> sources,
        IEnumerable<string> schemas
    ) =>
        from source in sources
        from schema in schemas
        where !own.Contains(schema)
        where
            System.Text.RegularExpressions.Regex.IsMatch(
                source.Text,
                $@"\b(from|join|into|update|table|references|copy|delete\s+from)\s+{schema}\.[a-z_]+",
                System.Text.RegularExpressions.RegexOptions.IgnoreCase
            )
        select $"{source.File} reads the schema {schema}";

    /// <summary>The C# and SQL files of a module, by path.</summary>
    public static IEnumerable<(string File, string Text)> SourcesOf(string module) =>
        from file in Directory.EnumerateFiles(Path.Combine(Root, "src", "Modules", module), "*", SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".cs" or ".sql" or ".razor"
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select (Path.GetRelativePath(Root, file), File.ReadAllText(file));

    /// <summary>
    /// Files that take connections past <see cref="Platform.Data.OfficeDatabase"/>: whoever runs them may hold one already, and would wait for the pool with
    /// it in hand.
    /// </summary>
    public static IEnumerable<string> PastTheOfficeDatabase(IEnumerable<(string File, string Text)> sources, IEnumerable<string> allowed) =>
        from source in sources
        where System.Text.RegularExpressions.Regex.IsMatch(source.Text, @"\b(NpgsqlDataSource|BusConnections|new NpgsqlConnection\()")
        where !allowed.Any(place => source.File.StartsWith(place, StringComparison.Ordinal))
        select $"{source.File} takes connections past OfficeDatabase";

    /// <summary>The C# files below src, by path.</summary>
    public static IEnumerable<(string File, string Text)> Sources() =>
        from file in Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select (Path.GetRelativePath(Path.Combine(Root, "src"), file), File.ReadAllText(file));

    /// <summary>Types a person wrote: no compiler helpers, nothing nested.</summary>
    private static bool Written(Type type) =>
        !type.IsNested
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.Name != "_Imports" // what the compiler makes of _Imports.razor
        && !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute))
        && type.Namespace?.StartsWith("Association", StringComparison.Ordinal) == true;

    // MembershipPages: constants and methods that answer a path.
    private static bool IsPages(Type type) =>
        type is { IsAbstract: true, IsSealed: true }
        && type.Name.EndsWith("Pages", StringComparison.Ordinal)
        && type.GetFields().All(f => f.IsLiteral)
        && type.GetMethods(BindingFlags.Static | BindingFlags.Public).All(m => m.ReturnType == typeof(string));

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public) is not null;
}
