using System.Diagnostics;
using Association.Testing;
using Shouldly;

namespace Association.Architecture.Tests.NewModule;

/// <summary>
/// A copy of the repository with one module more, which nothing else in it names; built and run beside this one. What stands is taken as it was built here:
/// only the module, the host and the tests of the table are compiled.
/// </summary>
internal sealed class ModuleCopy : IAsyncDisposable
{
    private const string Here = TestsOfTheHouse + "/NewModule";
    private const string TestsOfTheHouse = "tests/Architecture.Tests";
    private const string Changed = "NewModule.proj";
    private const string Release = "Release/net10.0";
    private const string Tests = $"{TestsOfTheHouse}/bin/{Release}/Association.Architecture.Tests.dll";
    private const string Program = $"src/Host/bin/{Release}/association.dll";
    private static readonly string[] Standing = ["src/Platform", "src/Modules", "tests/Testing"];

    private readonly string _root = Directory.CreateTempSubdirectory("association-module-").FullName;

    // What goes wrong must not hold the run of all tests.
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(6));

    /// <summary>Copies what is needed, and the module from the folder beside this file.</summary>
    public static ModuleCopy Of(string module)
    {
        var copy = new ModuleCopy();
        foreach (var file in Files("", SearchOption.TopDirectoryOnly).Append("tests/Directory.Build.props"))
            copy.Take(file);
        foreach (var file in Standing.Concat(["eng", "src/Host"]).SelectMany(part => Files(part)).Where(IsSource))
            copy.Take(file);
        foreach (var file in Standing.SelectMany(part => Files(part)).Where(f => Path.GetExtension(f) == ".csproj" && IsSource(f)).SelectMany(Built))
            copy.Take(file);
        foreach (var file in Files(TestsOfTheHouse, SearchOption.TopDirectoryOnly).Where(IsNeeded).Concat(Files("tests").Where(IsTable)))
            copy.Take(file);
        foreach (var file in Files($"{Here}/{module}"))
            copy.Take(file, $"src/Modules/{module}/{Path.GetRelativePath($"{Here}/{module}", file)}");
        copy.Take($"{Here}/{Changed}", Changed);
        Directory.CreateSymbolicLink(Path.Combine(copy._root, "eng/node_modules"), Path.Combine(Repository.Root, "eng/node_modules"));
        Directory.CreateDirectory(Path.Combine(copy._root, "no-packages"));
        return copy;
    }

    /// <summary>Writes a file of the copy.</summary>
    public void Write(string path, string text)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Builds the module, the host and the tests of the table, from the packages that the build of this repository has fetched.</summary>
    public async Task BuildAsync()
    {
        var packages = $"-p:RestoreSources={Path.Combine(_root, "no-packages")}";
        await DoneAsync("restore", TestsOfTheHouse, "-v:q", packages, "-p:RestoreLockedMode=false", "-p:NuGetAudit=false");
        await DoneAsync("build", Changed, "--no-restore", "-c:Release", "-v:q", "-nologo", "-nodeReuse:false", "-p:RunAnalyzers=false");
    }

    /// <summary>Runs the tests of a class.</summary>
    /// <returns>Whether all pass, and what was said.</returns>
    public async Task<(bool Passes, string Said)> TestAsync(string name)
    {
        var (exit, said) = await DotnetAsync("test", Tests, "--filter", $"FullyQualifiedName~.{name}.");
        return (exit == 0, said);
    }

    /// <summary>Runs a verb on the copy's own data.</summary>
    /// <returns>What was said.</returns>
    public async Task<string> VerbAsync(params string[] verb) => (await DotnetAsync([Program, .. verb, "--data", Data])).Said;

    /// <summary>Opens the office on the same data.</summary>
    public async Task<OpenOffice> OpenAsync()
    {
        var process = Process.Start(Start([Path.Combine(_root, Program), "--data", Data], output: null))!;
        var line = await process.StandardOutput.ReadLineAsync(_patience.Token);
        const string open = "The office is open: ";
        line.ShouldNotBeNull().ShouldStartWith(open);
        return new OpenOffice(process, new Uri(line[open.Length..]));
    }

    public ValueTask DisposeAsync()
    {
        _patience.Dispose();
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    private string Data => Path.Combine(_root, "data");

    private async Task DoneAsync(params string[] words)
    {
        var (exit, said) = await DotnetAsync(words);
        exit.ShouldBe(0, said);
    }

    private async Task<(int Exit, string Said)> DotnetAsync(params string[] words)
    {
        // Into a file: the compiler that a build starts lives on and would hold a pipe open.
        var output = Path.Combine(_root, "output.txt");
        using var process = Process.Start(Start(words, output))!;
        try
        {
            await process.WaitForExitAsync(_patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return (process.ExitCode, await File.ReadAllTextAsync(output));
    }

    private ProcessStartInfo Start(string[] words, string? output)
    {
        var start = output is null
            ? new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true }
            : new ProcessStartInfo("/bin/sh", ["-c", "out=$1; shift; exec dotnet \"$@\" > \"$out\" 2>&1 < /dev/null", "sh", output, .. words]);
        start.WorkingDirectory = _root;
        // What the run of these tests set for itself is not meant for another one.
        foreach (var name in start.Environment.Keys.Where(IsOfThisRun).ToList())
            start.Environment.Remove(name);
        start.Environment["UseSharedCompilation"] = "true";
        return start;
    }

    private static bool IsOfThisRun(string variable) =>
        variable is "ConnectionStrings__Association" or "ASPNETCORE_URLS"
        || variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase);

    // The rules of the whole house have been tried here; there it is the table that counts.
    private static bool IsNeeded(string file) => Path.GetFileName(file) == $"{nameof(AccessTests)}.cs" || Path.GetExtension(file) is ".csproj" or ".json";

    private static bool IsTable(string file) => Path.GetFileName(file) == "Access.txt" && IsSource(file);

    private static bool IsSource(string file) => !file.Split('/').Any(folder => folder is "bin" or "obj" or "node_modules");

    // What a compiler and a build need of a project that they do not build: its own assembly with its texts, what others see of it, and what it serves.
    private static IEnumerable<string> Built(string project)
    {
        var (folder, name) = (Path.GetDirectoryName(project)!, Path.GetFileNameWithoutExtension(project));
        return Files($"{folder}/bin/{Release}")
            .Where(f => Path.GetFileName(f).StartsWith(name + '.', StringComparison.Ordinal))
            .Concat(
                Files($"{folder}/obj/{Release}")
                    .Where(f => f.Contains("/ref/", StringComparison.Ordinal) || f.Contains("/staticwebassets", StringComparison.Ordinal))
            );
    }

    private static IEnumerable<string> Files(string part, SearchOption depth = SearchOption.AllDirectories) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, part), "*", depth).Select(f => Path.GetRelativePath(Repository.Root, f));

    private void Take(string file, string? to = null)
    {
        var target = Path.Combine(_root, to ?? file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(Path.Combine(Repository.Root, file), target);
    }
}
