using Association.Host.Startup;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests;

public sealed class HouseRulesTests
{
    [Fact]
    public void arrows_point_from_host_to_modules_to_contracts_to_platform() => House.WrongArrows(House.Projects()).ShouldBeEmpty();

    [Fact]
    public void a_module_that_references_another_module_is_found() =>
        House
            .WrongArrows([new House.Project("Modules/Billing", ["Modules/Membership", "Modules/Membership.Contracts"])])
            .ShouldBe(["Modules/Billing must not reference Modules/Membership"]);

    [Fact]
    public void a_platform_that_knows_a_module_is_found() =>
        House.WrongArrows([new House.Project("Platform/Web", ["Modules/Membership.Contracts"])]).ShouldHaveSingleItem();

    [Fact]
    public void the_rule_sees_the_real_projects()
    {
        var projects = House.Projects();

        projects.Select(p => p.Folder).ShouldContain("Modules/Membership");
        projects.Single(p => p.Folder == "Modules/Billing").References.ShouldContain("Modules/Membership.Contracts");
    }

    [Fact]
    public void every_folder_of_a_module_is_composed_by_the_host_and_looked_at() =>
        House.Modules.Select(a => a.GetName().Name!).ShouldBe(HostComposition.Modules.Select(m => m.Assembly.GetName().Name!).Distinct(), ignoreOrder: true);

    [Fact]
    public void the_solution_lists_every_project()
    {
        var solution = File.ReadAllText(Path.Combine(House.Root, "Association.sln")).Replace('\\', '/');
        new[] { "src", "tests" }
            .SelectMany(f => House.Files(f, ".csproj"))
            .Select(f => Path.GetRelativePath(House.Root, f))
            .Where(f => !f.Contains("/NewModule/", StringComparison.Ordinal))
            .Where(f => !solution.Contains($"\"{f}\"", StringComparison.Ordinal))
            .ShouldBeEmpty("./test.sh builds the solution: dotnet sln add …");
    }

    [Fact]
    public void folders_are_at_most_five_levels_deep() =>
        new[] { "src", "tests" }
            .SelectMany(top => Directory.EnumerateDirectories(Path.Combine(House.Root, top), "*", SearchOption.AllDirectories))
            .Select(folder => Path.GetRelativePath(House.Root, folder).Split(Path.DirectorySeparatorChar))
            .Where(parts => !parts.Any(p => p is "bin" or "obj" or "node_modules" or "TestResults") && parts.Length > 6)
            .Select(parts => string.Join('/', parts))
            .ShouldBeEmpty("src, and five below it");

    /// <summary>The formatter does not write Razor.</summary>
    [Fact]
    public void lines_of_razor_are_at_most_160_characters_long() =>
        House
            .Files("src", ".razor")
            .SelectMany(file => File.ReadLines(file).Select((line, i) => (line.Length, Place: $"{Path.GetFileName(file)}:{i + 1}")))
            .Where(line => line.Length > 160)
            .Select(line => line.Place)
            .ShouldBeEmpty();

    [Fact]
    public void contracts_hold_public_records_interfaces_and_enums_only() => House.NoContract(House.Contracts.SelectMany(a => a.GetTypes())).ShouldBeEmpty();

    [Fact]
    public void a_class_in_the_contracts_is_found() => House.NoContract([typeof(Fixtures.WorkingClass)]).ShouldHaveSingleItem();

    [Fact]
    public void addresses_of_pages_belong_into_the_contracts() => House.NoContract([typeof(Fixtures.SomePages)]).ShouldBeEmpty();

    [Fact]
    public void modules_show_their_front_door_only() => House.Modules.SelectMany(a => House.NeedlesslyPublic(a.GetTypes())).ShouldBeEmpty();

    [Fact]
    public void a_public_class_in_a_module_is_found() => House.NeedlesslyPublic([typeof(Fixtures.WorkingClass)]).ShouldHaveSingleItem();

    [Fact]
    public void what_is_handed_to_a_part_of_a_page_may_be_public() =>
        House.NeedlesslyPublic([typeof(Fixtures.Part), typeof(Fixtures.Handed), typeof(Fixtures.WithinHanded)]).ShouldBeEmpty();

    [Fact]
    public void classes_of_modules_are_sealed() => House.Modules.SelectMany(a => House.Unsealed(a.GetTypes())).ShouldBeEmpty();

    [Fact]
    public void an_unsealed_class_is_found() => House.Unsealed([typeof(Fixtures.OpenClass)]).ShouldHaveSingleItem();

    [Fact]
    public void a_module_never_reads_another_modules_schema()
    {
        var schemas = HostComposition.Modules.Where(m => m.Migrations is not null).ToLookup(m => m.Assembly, m => m.Migrations!.Schema);

        House
            .Modules.SelectMany(module =>
                House.ForeignSchemas(
                    [.. schemas[module]],
                    House.SourcesOf(module.GetName().Name!["Association.".Length..]),
                    [.. schemas.SelectMany(s => s), "messaging", "mail"]
                )
            )
            .ShouldBeEmpty();
    }

    /// <summary>Each of them runs where nobody holds a connection, or has a pool of its own that nobody waits for who holds one of it.</summary>
    private static readonly string[] PastTheOfficeDatabase =
    [
        "Platform/Data/OfficeDatabase.cs",
        "Platform/Data/DataServices.cs", // registers both
        "Platform/Data/BusConnections.cs",
        "Platform/Data/Settings/DataProtectionKeys.cs", // on the bus's
        "Platform/Data/ModuleDocuments.cs", // the stores of documents
        "Platform/Data/Migrations/", // before anybody works
        "Platform/Data/Backups/", // one connection for as long as a backup takes
        "Platform/Data/Postgres/", // no server is running yet
        "Platform/Messaging/MessagingServices.cs", // says that it needs one
        "Platform/Messaging/Running/MessageBus.cs", // stores what is sent outside handlers, on the bus's
        "Platform/Messaging/Storing/", // the bus's own work, between handlers
        "Platform/Messaging/Delivery/",
        "Platform/Mail/Outgoing/MailConnections.cs", // a mail is held on connections of its own
        "Platform/Mail/Outgoing/MailClaims.cs",
        "Modules/Office/Operation/Jobs/Scheduling/Hangfire", // its own threads, and its tables before it starts
        "Modules/Office/Operation/Jobs/Scheduling/FormerSchedule.cs", // once, before it starts
        "Host/Installations/", // the first start
    ];

    [Fact]
    public void connections_come_from_the_office_database() => House.PastTheOfficeDatabase(House.Sources(), PastTheOfficeDatabase).ShouldBeEmpty();

    [Fact]
    public void every_exception_of_that_rule_is_needed() =>
        PastTheOfficeDatabase
            .Where(place => !House.PastTheOfficeDatabase(House.Sources(), []).Any(found => found.StartsWith(place, StringComparison.Ordinal)))
            .ShouldBeEmpty();

    [Fact]
    public void a_reader_that_takes_its_own_connection_is_found() =>
        House
            .PastTheOfficeDatabase([("Modules/X/Reader.cs", "internal sealed class Reader(NpgsqlDataSource database);")], PastTheOfficeDatabase)
            .ShouldBe(["Modules/X/Reader.cs takes connections past OfficeDatabase"]);

    [Fact]
    public void a_query_on_another_modules_schema_is_found() =>
        House
            .ForeignSchemas(
                ["billing"],
                [("Broken.cs", "select * from billing.account a join membership.member m on m.id = a.member_id")],
                ["membership", "billing"]
            )
            .ShouldBe(["Broken.cs reads the schema membership"]);
}
