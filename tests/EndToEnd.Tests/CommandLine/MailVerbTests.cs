using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>Outgoing mail as a script sees it.</summary>
public sealed class MailVerbTests(OfficeByCommandLine office) : IClassFixture<OfficeByCommandLine>
{
    [Fact]
    public async Task mails_are_listed_and_a_test_without_a_server_says_what_to_do()
    {
        (await office.RunAsync("mail", "list", "--state", "unknown")).GetArrayLength().ShouldBe(0);

        var (exit, _, error) = await office.TryAsync("mail", "test", "--to", "post@bliesland.example");
        exit.ShouldNotBe(0);
        error.ShouldContain("Es ist noch kein Postausgangsserver gespeichert.");
    }
}
