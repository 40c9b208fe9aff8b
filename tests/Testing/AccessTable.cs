using System.Reflection;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Routing;

namespace Association.Testing;

/// <summary>
/// Who may do what, as a person wrote it down beside the tests of each module, in <c>tests/X.Tests/Access.txt</c>. A line is roles and what they may:
/// <c>office, board: ListMembers /office/members</c>. <c>everybody</c> may without signing in, <c>nobody</c> means that only messages and jobs do.
/// </summary>
public static class AccessTable
{
    private static readonly Lazy<IReadOnlyDictionary<string, string[]>> All = new(() => Read(Rows("Access.txt")));

    /// <summary>Command or query → roles; an empty one is that of who did not sign in.</summary>
    public static IReadOnlyDictionary<string, string[]> Messages => Where(name => name[0] != '/');

    /// <summary>Address → roles.</summary>
    public static IReadOnlyDictionary<string, string[]> Addresses => Where(name => name[0] == '/');

    /// <summary>The lines of the files of this name beside the tests of all modules; a new module brings its own.</summary>
    public static IReadOnlyList<string> Rows(string file) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "tests"), file, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
                .Order(StringComparer.Ordinal)
                .SelectMany(File.ReadLines)
                .Where(line => line.Length > 0 && line[0] != '#'),
        ];

    /// <summary>What lines say.</summary>
    /// <exception cref="FormatException">A line names no roles, or one that there is not.</exception>
    /// <exception cref="ArgumentException">Two lines speak of one thing.</exception>
    public static IReadOnlyDictionary<string, string[]> Read(IEnumerable<string> lines) =>
        lines
            .SelectMany(line =>
            {
                var (roles, names) = line.Split(": ", 2) is [var before, var after] ? (before, after) : throw new FormatException($"'{line}' names no roles.");
                return names.Split(' ').Select(name => (Name: name, Roles: RolesOf(roles)));
            })
            .ToDictionary(row => row.Name, row => row.Roles, StringComparer.Ordinal);

    /// <summary>Every command and query of the modules and of what they stand on.</summary>
    public static IReadOnlyList<Type> MessagesOf(IEnumerable<IModule> modules) =>
        [
            .. modules
                .Select(m => m.Assembly)
                .SelectMany(a =>
                    a.GetReferencedAssemblies().Where(r => r.Name!.StartsWith("Association.", StringComparison.Ordinal)).Select(Assembly.Load).Prepend(a)
                )
                .Distinct()
                .SelectMany(a => a.GetTypes())
                .Where(t =>
                    t is { IsAbstract: false, IsInterface: false }
                    && (t.IsAssignableTo(typeof(ICommand)) || t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IQuery<>)))
                ),
        ];

    /// <summary>Every address at which something answers, but those of the framework and the one that catches all others.</summary>
    public static IReadOnlySet<string> AddressesOf(IEnumerable<EndpointDataSource> sources) =>
        sources
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(r => !r.StartsWith("/_", StringComparison.Ordinal) && !r.StartsWith("/{*", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);

    private static Dictionary<string, string[]> Where(Func<string, bool> wanted) =>
        All.Value.Where(row => wanted(row.Key)).ToDictionary(row => row.Key, row => row.Value, StringComparer.Ordinal);

    private static string[] RolesOf(string words) =>
        words switch
        {
            "nobody" => [],
            "everybody" => ["", .. Roles.All],
            _ => [.. words.Split(", ").Select(role => Roles.All.Contains(role) ? role : throw new FormatException($"There is no role '{role}'."))],
        };
}
