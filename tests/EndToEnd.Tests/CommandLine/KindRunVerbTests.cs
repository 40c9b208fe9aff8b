using System.Text.Json;
using Association.EndToEnd.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary><c>admission-fee</c> and <c>levy</c>, also in processes that are killed, and <c>correct-invoice</c> on what they charged.</summary>
public sealed class KindRunVerbTests : IAsyncLifetime
{
    private const int Members = 3;
    private static readonly string[] Decided = ["--resolved-by", "Mitgliederversammlung", "--resolved-on", "2026-01-02", "--resolution", "Protokoll, TOP 7"];
    private SharedInstallation? _office;

    private SharedInstallation Office => _office!;

    private OfficeProgram Program => Office.Program;

    public async Task InitializeAsync()
    {
        _office = await SharedInstallation.CreateAsync();
        await Office.ImportMembersAsync(Members);
        await Office.ExecuteAsync("update membership.member set joined_on = '2027-03-15'");
    }

    public async Task DisposeAsync() => await Office.DisposeAsync();

    [Fact]
    public async Task an_admission_fee_killed_at_every_step_is_charged_once_and_corrected_once()
    {
        string[] terms = ["--year", "2027", "--amount", "25.00", "--amount-of", "insurer=100.00", .. Decided];
        (await Program.RunAsync(["admission-fee", "--preview", .. terms])).GetProperty("total").GetString().ShouldBe("75.00");

        await KilledAsync(900, ["admission-fee", "--submit", .. terms, "--as", "office"]);
        await Task.WhenAll(
            TryAsync(["admission-fee", "--submit", .. terms, "--as", "office"]),
            TryAsync(["admission-fee", "--submit", .. terms, "--as", "office2"])
        );
        State(await Program.RunAsync(["admission-fee", "--submit", .. terms, "--as", "office"])).ShouldBe("submitted");
        var submitter = (
            await Office.ReadAsync<string>("select p.user_name from membership.dues_run r join identity.person p on p.id = r.submitted_by")
        ).Single();
        (await Program.TryAsync("admission-fee", "--year", "2027", "--approve", "--as", submitter)).Exit.ShouldBe(1);
        await Program.RunAsync("admission-fee", "--year", "2027", "--approve", "--as", "board");
        await KilledAsync(1500, ["admission-fee", "--year", "2027", "--execute", "--as", "office"]);
        var done = await Program.RunAsync("admission-fee", "--year", "2027", "--execute", "--as", "office");
        (State(done), done.GetProperty("run").GetString(), done.GetProperty("charged").GetInt32()).ShouldBe(("executed", "2027-A1", Members));
        State(await Program.RunAsync(["admission-fee", "--submit", .. terms, "--as", "office"]))
            .ShouldBe("executed", "repeated, it answers with what there is");

        await Office.ExecuteAsync("update membership.member set category = 'insurer'");
        var numbers = await Office.ReadAsync<string>("select number from billing.invoice order by number");
        for (var i = 0; i < numbers.Count; i++)
            await KilledAsync(700 + 700 * i, ["correct-invoice", numbers[i], "--reason", "Falsche Kategorie", "--as", "office"]);
        foreach (var number in numbers)
            State(await Program.RunAsync("correct-invoice", number, "--reason", "Falsche Kategorie", "--as", "office2")).ShouldBe("done");

        (await Office.ReadAsync<(long, decimal)>("select count(*), sum(amount) from membership.charge where voided_at is null")).ShouldBe([
            (Members, Members * 100m),
        ]);
        (
            await Office.ReadAsync<(long, long)>("select count(*) filter (where series = 'BR'), count(*) filter (where series = 'ST') from billing.invoice")
        ).ShouldBe([(2 * Members, Members)]);
        (
            await Office.ReadAsync<(string, decimal)>(
                "select ledger_account, sum(credit - debit) from billing.posting_line where ledger_account like '%income' group by 1"
            )
        ).ShouldBe([("admission_income", Members * 100m)]);
        await VerifyAsync();
    }

    [Fact]
    public async Task a_levy_is_refused_in_words_until_its_terms_are_whole_and_is_then_charged_once()
    {
        (await RefusalAsync("levy", "--year", "2027", "--preview")).ShouldContain("Nennen Sie Betrag und Beschluss");
        (await RefusalAsync("levy", "--year", "2027", "--submit", "--amount", "50", "--as", "office")).ShouldContain("--resolved-by");
        (await RefusalAsync(["levy", "--year", "2027", "--submit", "--amount", "fünfzig", .. Decided, "--as", "office"])).ShouldContain(
            "--amount: „fünfzig“ ist kein Betrag"
        );
        (await RefusalAsync(["levy", "--year", "2027", "--submit", "--amount-of", "hospitl=50", .. Decided, "--as", "office"])).ShouldContain(
            "Eine Kategorie hospitl gibt es nicht"
        );
        (await RefusalAsync(["levy", "--year", "2027", "--submit", "--amount", "50", .. Decided, "--as", "office"])).ShouldContain("fällig", Case.Insensitive);
        (await Office.ReadAsync<long>("select count(*) from membership.dues_run")).ShouldBe([0]);

        string[] terms = ["--year", "2027", "--amount", "50.00", "--due-on", "2027-09-01", .. Decided];
        await Program.RunAsync(["levy", "--submit", .. terms, "--as", "office"]);
        await Program.RunAsync("levy", "--year", "2027", "--approve", "--as", "office2");
        State(await Program.RunAsync("levy", "--year", "2027", "--execute", "--as", "board")).ShouldBe("executed");
        (
            await Office.ReadAsync<(string, decimal)>(
                "select ledger_account, sum(credit - debit) from billing.posting_line where ledger_account like '%income' group by 1"
            )
        ).ShouldBe([("levy_income", Members * 50m)]);
        await VerifyAsync();
    }

    private static string State(JsonElement answer) => answer.GetProperty("state").GetString()!;

    // Started and killed wherever it is then.
    private Task KilledAsync(int milliseconds, string[] arguments) => Program.KillAfterAsync(TimeSpan.FromMilliseconds(milliseconds), arguments);

    // Of two at once one may be refused because the other is just at it.
    private async Task TryAsync(string[] arguments) => await Program.TryAsync(arguments);

    private async Task<string> RefusalAsync(params string[] arguments)
    {
        var (exit, output, error) = await Program.TryAsync(arguments);
        exit.ShouldNotBe(0);
        return output + error;
    }

    private async Task VerifyAsync()
    {
        var answer = await Program.RunAsync("verify");
        answer.GetProperty("ok").GetBoolean().ShouldBeTrue(answer.ToString());
    }
}
