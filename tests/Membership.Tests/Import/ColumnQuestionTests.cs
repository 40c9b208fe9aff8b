using Association.Membership.Import.Mapping;
using Association.Platform.Messaging;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Import;

public sealed class ColumnQuestionTests : IAsyncLifetime
{
    private readonly ImportOffice _office = new();

    public Task InitializeAsync() => _office.InitializeAsync();

    public Task DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task numbers_that_dues_go_by_are_asked_about_and_nothing_is_imported_before_the_answer()
    {
        var list = ImportOffice.Csv(
            "Nr.|Name|Kategorie|Größenangabe",
            "1|Medizintechnik Saar GmbH|Unternehmen|42",
            "2|Laborbedarf Kessler GmbH|Unternehmen|17",
            "3|Löwen-Apotheke|Apotheke|"
        );
        var question = (await _office.PreviewAsync(list)).Questions.ShouldHaveSingleItem();
        (question.Column.Letter, question.Candidates.Single()).ShouldBe(("D", MemberField.Employees));
        var refused = await Should.ThrowAsync<ProblemsException>(() => _office.ApplyAsync(list));
        refused.Message.ShouldContain("Spalte D („Größenangabe“)");
        refused.Message.ShouldContain("--ignore D");
        (await _office.ScalarAsync<long>("select count(*) from membership.member")).ShouldBe(0);
        var answered = list with { Choices = MappingChoices.None.With(["Größenangabe=employees"]) };
        await _office.ApplyAsync(answered);
        (await _office.ColumnAsync("select measure || value from membership.input_value order by value")).ShouldBe(["employees17", "employees42"]);
    }

    [Fact]
    public async Task a_column_that_a_person_leaves_out_is_asked_about_once()
    {
        var list = ImportOffice.Csv("Nr.|Name|Kategorie|Punkte", "1|Medizintechnik Saar GmbH|Unternehmen|42", "2|Laborbedarf Kessler GmbH|Unternehmen|17");
        await _office.ApplyAsync(list with { Choices = MappingChoices.None.With(["D=none"]) });
        (await _office.ScalarAsync<long>("select count(*) from membership.input_value")).ShouldBe(0);
        (await _office.PreviewAsync(list)).Questions.ShouldBeEmpty();
    }
}
