using Association.EndToEnd.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary><c>self-declarations</c>, also in processes that are killed amid asking: nobody is asked twice, by mail or on paper.</summary>
public sealed class DeclarationVerbTests : IAsyncLifetime
{
    private const int Members = 12;
    private SharedInstallation? _office;

    private SharedInstallation Office => _office!;

    private OfficeProgram Program => Office.Program;

    public async Task InitializeAsync()
    {
        _office = await SharedInstallation.CreateAsync();
        await Office.ImportMembersAsync(Members);
        await Office.ExecuteAsync(
            "update membership.member set category = 'hospital', email = case when number::int % 2 = 0 then 'h' || number || '@example.com' end"
        );
    }

    public async Task DisposeAsync() => await Office.DisposeAsync();

    [Fact]
    public async Task a_round_killed_while_it_is_opened_asks_everybody_once_by_mail_or_on_paper()
    {
        (await RefusalAsync("self-declarations", "--open", "--remind")).ShouldContain("genau eines");
        (await RefusalAsync("self-declarations", "--list")).ShouldContain("Noch keine Runde");
        (await RefusalAsync("self-declarations", "--open", "--year", "2027", "--as", "office")).ShouldContain("--site");
        (await RefusalAsync("self-declarations", "--open", "--year", "2027", "--site", "verein", "--as", "office")).ShouldContain("ohne Pfad");
        string[] open = ["self-declarations", "--open", "--year", "2027", "--site", "https://verein.example", "--as", "office"];
        await Program.KillAfterAsync(TimeSpan.FromMilliseconds(900), open);
        await Program.KillAfterAsync(TimeSpan.FromMilliseconds(1500), open);
        await Task.WhenAll(Program.TryAsync([.. open, "--json"]), Program.TryAsync([.. open, "--json"]));
        (await Program.RunAsync(open)).GetProperty("asked").GetInt32().ShouldBe(0);

        var list = await Program.RunAsync("self-declarations", "--list");
        list.GetProperty("members").GetArrayLength().ShouldBe(Members);
        list.GetProperty("states").GetProperty("open").GetInt32().ShouldBe(Members);
        (
            await Office.ReadAsync<(long, long)>(
                "select count(*) filter (where way = 'mail'), count(*) filter (where way = 'letter') from membership.declaration_sending"
            )
        ).ShouldBe([(Members / 2, Members / 2)]);
        (await Office.ReadAsync<(long, long)>("select count(*), count(distinct account_id) from billing.letter")).ShouldBe([(Members / 2, Members / 2)]);
        (await RefusalAsync("self-declarations", "--remind", "--as", "office")).ShouldContain("Niemand ist zu erinnern");
        (await Program.RunAsync("verify")).GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    private async Task<string> RefusalAsync(params string[] arguments)
    {
        var (exit, output, error) = await Program.TryAsync(arguments);
        exit.ShouldNotBe(0);
        return output + error;
    }
}
