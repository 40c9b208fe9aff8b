using System.Net;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests.NewModule;

/// <summary>
/// A module comes in by its folder alone. The folder <c>Toy</c> beside this test is put below <c>src/Modules</c> of a copy of the repository, where no file
/// speaks of it, and the office that is built there has its command, its page, its table, its view and its texts.
/// </summary>
public sealed class ToyModuleTests
{
    [Fact]
    public async Task a_module_comes_in_by_its_folder_alone()
    {
        await using var copy = ModuleCopy.Of("Toy");
        await copy.BuildAsync();

        var (passes, said) = await copy.TestAsync(nameof(AccessTests));
        passes.ShouldBeFalse("nobody has said yet who may");
        said.ShouldContain($"{nameof(AccessTests.every_command_and_query_has_a_row)} [FAIL]");
        said.ShouldContain($"{nameof(AccessTests.every_address_has_a_row)} [FAIL]");
        foreach (var missing in new[] { "AddToyNote", "ListToyNotes", "/office/toy" })
            said.ShouldContain($"\"{missing}\"");

        copy.Write("tests/Toy.Tests/Access.txt", "office: AddToyNote\noffice, board: ListToyNotes /office/toy\n");
        (passes, said) = await copy.TestAsync(nameof(AccessTests));
        passes.ShouldBeTrue(said);

        (await copy.VerbAsync("invoke", "AddToyNote", """{ "text": " " }""", "--as", "office")).ShouldContain("Schreiben Sie, was in der Notiz stehen soll.");
        await copy.VerbAsync("invoke", "AddToyNote", """{ "text": "Die erste Notiz" }""", "--as", "office");

        await using var office = await copy.OpenAsync();
        (await office.Visit.GetAsync("/office/toy")).StatusCode.ShouldBe(HttpStatusCode.Found, "the sign-in comes first");
        await office.Visit.SignInAsync("office");
        var page = await (await office.Visit.GetAsync("/office/toy")).Content.ReadAsStringAsync();
        page.ShouldContain("<li>Die erste Notiz</li>");
        page.ShouldContain("<h1>Notizen</h1>");
        page.ShouldContain("href=\"/office/toy\"", customMessage: "its entry of the menu");
    }
}
