using Association.Platform.Data.Kernel;
using Association.Testing;
using Dapper;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Data;

/// <summary>Words are folded in C# and in the database, and both must say the same: a list that is compared here is searched there.</summary>
public sealed class FoldTests : IAsyncLifetime
{
    private TestOffice _office = null!;

    public async Task InitializeAsync() => _office = await TestOffice.CreateAsync(new SampleModule());

    public Task DisposeAsync() => _office.DisposeAsync().AsTask();

    [Theory]
    [InlineData("Yıldız", "yildiz")]
    [InlineData("İZMİR", "izmir")]
    [InlineData("Hürter, Groß & Söhne", "huerter, gross & soehne")]
    [InlineData("STRAẞE", "strasse")]
    [InlineData("Łódź", "lodz")]
    [InlineData("Đorđević", "dordevic")]
    [InlineData("Ærø, Sørensen", "aero, sorensen")]
    [InlineData("Þórður", "thordur")]
    [InlineData("Cœur, Zoé, François, Muñoz", "coeur, zoe, francois, munoz")]
    [InlineData("Žižková", "zizkova")]
    [InlineData("Nguyễn", "nguyen")]
    [InlineData("Mu\u0308ller", "mueller")] // the mark behind its letter, as macOS writes names of files
    [InlineData("Ελένης", "ελενησ")]
    [InlineData("50 % \\_ℹ", "50 % \\_ℹ")]
    public async Task a_name_is_folded_alike_here_and_in_the_database(string name, string folded)
    {
        PlainText.Fold(name).ShouldBe(folded);
        (await InDatabaseAsync([name])).ShouldBe([folded]);
    }

    [Fact]
    public async Task every_letter_of_latin_greek_and_cyrillic_is_folded_alike_here_and_in_the_database()
    {
        var letters = Enumerable
            .Range(0x21, 0x52F - 0x21)
            .Concat(Enumerable.Range(0x1E00, 0x100))
            .Select(code => (char)code)
            .Where(letter => char.IsLetterOrDigit(letter) || char.IsPunctuation(letter))
            .Select(letter => letter.ToString())
            .ToArray();

        var here = letters.Select(PlainText.Fold).ToList();
        var there = await InDatabaseAsync(letters);

        letters.Where((_, at) => here[at] != there[at]).Select((letter, at) => $"{letter} U+{(int)letter[0]:X4}").ShouldBeEmpty();
        letters.Length.ShouldBeGreaterThan(1000);
    }

    private async Task<List<string>> InDatabaseAsync(string[] texts)
    {
        await using var connection = await _office.Database.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>("select platform.fold(t) from unnest(@texts) with ordinality as x (t, at) order by at", new { texts })];
    }
}
