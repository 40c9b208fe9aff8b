using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Association.Host.Verbs;
using Association.Platform.Messaging.Model;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>Every use case without a browser: any command and query by name, on the same handlers and permissions as the pages.</summary>
[Collection(OfficeCollection.Name)]
public sealed class InvokeVerbTests(OfficeHost host, OfficeByCommandLine office) : IClassFixture<OfficeByCommandLine>
{
    [Fact]
    public void every_command_and_query_that_a_person_may_invoke_can_be_written_and_answered_as_json()
    {
        var open = InvokeVerb.Open(host.Services.GetRequiredService<MessagingModel>());
        open.Select(a => a.Message.Name).ShouldBe(AccessTable.Messages.Where(row => row.Value.Length > 0).Select(row => row.Key), ignoreOrder: true);
        open.Select(a => a.Message.Name).ShouldBeUnique();

        var wrong = new List<string>();
        foreach (var access in open)
        foreach (var type in new[] { access.Message, access.Answer }.OfType<Type>())
        {
            try
            {
                InvokeJson.SchemaOf(type).ShouldNotBeNull();
            }
            catch (Exception e) when (e is NotSupportedException or InvalidOperationException or ArgumentException)
            {
                wrong.Add($"{access.Message.Name}: {type.Name}: {e.Message}");
            }
        }
        foreach (var type in open.SelectMany(a => Reachable(a.Message, [])).Where(t => !t.IsAbstract).Distinct())
        {
            try
            {
                JsonSerializer.Deserialize("{}", type, InvokeJson.Options);
            }
            catch (JsonException)
            {
                // it says what is missing: it can be read
            }
            catch (Exception e) when (e is NotSupportedException or InvalidOperationException)
            {
                wrong.Add($"{type.Name}: {e.Message}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    private static HashSet<Type> Reachable(Type type, HashSet<Type> found)
    {
        var info = InvokeJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        if (info.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary)
            return Reachable(info.ElementType!, found);
        if (info.Kind != JsonTypeInfoKind.Object || !found.Add(info.Type))
            return found;
        foreach (var part in info.Properties.Where(p => p.AssociatedParameter is not null || p.Set is not null))
            Reachable(part.PropertyType, found);
        foreach (var form in info.PolymorphismOptions?.DerivedTypes ?? [])
            Reachable(form.DerivedType, found);
        return found;
    }

    [Fact]
    public async Task a_draft_of_the_regulation_is_made_edited_and_thrown_away_by_name()
    {
        var list = (await office.RunAsync("invoke")).EnumerateArray().ToList();
        list.ShouldContain(row => row.GetProperty("name").GetString() == "SaveRule" && row.GetProperty("permission").GetString() == "membership.dues.prepare");
        list.ShouldNotContain(row => row.GetProperty("name").GetString() == "RunBulkChunk", "nobody may");

        var number = (await InvokeAsync("StartRegulation", """{ "validFrom": "2028-01-01", "copyOf": 1 }""")).GetInt32();
        var version = (await InvokeAsync("ReadRegulation", $$"""{ "number": {{number}} }""")).GetProperty("version");
        var id = version.GetProperty("id").GetString();

        await InvokeAsync("RemoveRule", $$"""{ "regulation": "{{id}}", "seenVersion": {{await SeenAsync(number, "practice")}}, "category": "practice" }""");
        await InvokeAsync(
            "SaveRule",
            $$"""{ "regulation": "{{id}}", "seenVersion": 0, "rule": { "kind": "flatRule", "category": "practice", "amount": "85.00" } }"""
        );
        var rules = (await office.RunAsync("dues-regulation", "show", $"{number}")).GetProperty("rules").EnumerateArray();
        rules
            .Single(r => r.GetProperty("category").GetString() == "practice")
            .GetProperty("lines")[0]
            .GetString()!
            .Replace('\u00a0', ' ')
            .ShouldContain("85,00 €");

        (
            await RefusedAsync(
                "SaveRule",
                $$"""{ "regulation": "{{id}}", "seenVersion": 0, "rule": { "kind": "flatRule", "category": "practice", "amount": "-1.00" } }"""
            )
        ).ShouldNotBeEmpty();
        await InvokeAsync("DiscardRegulation", $$"""{ "regulation": "{{id}}" }""");
        (await office.RunAsync("dues-regulation", "list")).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task a_list_goes_into_a_file_and_a_file_is_read_from_its_path()
    {
        var list = Path.Combine(office.Files, "mitglieder.xlsx");
        var schema = await office.RunAsync("invoke", "ExportMembers", "--schema");
        schema.GetProperty("takes").GetProperty("properties").TryGetProperty("output", out _).ShouldBeTrue();
        await InvokeAsync(
            "ExportInvoices",
            $$"""{ "list": { "filter": {}, "sort": null, "columns": { "shown": ["Number", "Amount"] } }, "output": {{JsonSerializer.Serialize(list)}} }"""
        );
        File.ReadAllBytes(list)[..2].ShouldBe("PK"u8.ToArray());
        File.Exists(list + ".part").ShouldBeFalse();
        (
            await RefusedAsync(
                "ExportInvoices",
                $$"""{ "list": { "filter": {}, "sort": null, "columns": { "shown": ["Number", "Amount"] } }, "output": {{JsonSerializer.Serialize(list)}} }"""
            )
        ).ShouldContain("not overwritten");

        var csv = Path.Combine(office.Files, "liste.csv");
        await File.WriteAllTextAsync(csv, "Mitgliedsnummer;Name;Kategorie\n5001;Praxis Eins;Arztpraxis\n");
        var draft = (await InvokeAsync("UploadList", $$"""{ "fileName": "liste.csv", "bytes": {{JsonSerializer.Serialize(csv)}} }""")).GetString();
        (await InvokeAsync("ReadDraft", $$"""{ "draft": "{{draft}}" }""")).GetRawText().ShouldContain("Praxis Eins");
    }

    [Theory]
    [InlineData("There is no command or query 'ListMember'. Is it ListMembers", "ListMember", "{}")]
    [InlineData("validFrom", "StartRegulation", "{}")]
    [InlineData("beginn", "StartRegulation", """{ "validFrom": "2028-01-01", "beginn": 1 }""")]
    [InlineData("The values do not fit StartRegulation", "StartRegulation", """{ "validFrom": """)]
    [InlineData("Die Datei „keine-datei.json“ gibt es nicht.", "StartRegulation", "keine-datei.json")]
    [InlineData("Die Datei „tmp“ lässt sich nicht lesen", "StartRegulation", "/tmp")]
    [InlineData("Die Datei „/kein/ordner.csv“ gibt es nicht.", "UploadList", """{ "fileName": "liste.csv", "bytes": "/kein/ordner.csv" }""")]
    [InlineData(
        "/kein/mitglieder.xlsx lässt sich nicht schreiben: Den Ordner gibt es nicht.",
        "ExportInvoices",
        """{ "list": { "filter": {}, "sort": null, "columns": { "shown": ["Number", "Amount"] } }, "output": "/kein/mitglieder.xlsx" }"""
    )]
    [InlineData(
        "ReceivedOn: Der Tag 28.11.0026 liegt zu weit weg. Möglich ist ein Tag vom 01.01.1800 bis zum",
        "RecordPayment",
        """{ "number": "BR-2026-00001", "amount": "1.00", "receivedOn": "0026-11-28" }"""
    )]
    [InlineData("needs the permission", "ListPeople", "{}")]
    public async Task what_does_not_fit_is_named(string reason, string name, string values) => (await RefusedAsync(name, values)).ShouldContain(reason);

    private async Task<long> SeenAsync(int number, string category) =>
        (await InvokeAsync("ReadRegulation", $$"""{ "number": {{number}} }""")).GetProperty("rules").GetProperty(category).GetProperty("version").GetInt64();

    private Task<JsonElement> InvokeAsync(string name, string values) => office.RunAsync("invoke", name, values, "--as", "office");

    private async Task<string> RefusedAsync(string name, string values)
    {
        var (exit, output, error) = await office.TryAsync("invoke", name, values, "--as", "office");
        (exit, output).ShouldBe((1, ""), error);
        error.ShouldNotContain("   at "); // no stack
        return error;
    }
}
