using Association.Office.Settings.Accounts;
using Association.Office.Settings.Profile;
using Association.Platform.Messaging;
using Dapper;
using Shouldly;
using Xunit;

namespace Association.Office.Tests.Settings;

/// <summary>Another account on invoices: proposed by one, confirmed by another.</summary>
public sealed class BankDetailsTests
{
    private const string Other = "DE89370400440532013000";
    private static readonly BankDetails Wished = new("Commerzbank Köln", "de89 3704 0044 0532 0130 00", "COBADEFFXXX", "DE98ZZZ09999999999");

    [Fact]
    public async Task a_proposed_account_holds_when_somebody_else_has_confirmed_it()
    {
        await using var office = await SettingsOffice.OpenAsync();
        (await office.InvokeAsync<BankDetailsOutcome>("admin", new ProposeBankDetails(Wished, "Bankwechsel zum Jahresende"))).ShouldBe(
            BankDetailsOutcome.Proposed
        );
        var open = (await office.ReadAsync()).OpenProposal.ShouldNotBeNull();
        (open.ProposedBy, open.Iban).ShouldBe(("Rüdiger Lambert", Other));
        (await office.ReadAsync()).Profile.Iban.ShouldBe(FirstProfiles.Demo.Iban, "until it is confirmed, the former one holds");
        (await office.TodayAsync("board")).ShouldContain(r => r.Text == "Anderes Bankkonto bestätigen");
        (await office.TodayAsync("admin")).ShouldNotContain(r => r.Text == "Anderes Bankkonto bestätigen", "nobody is asked to confirm an own proposal");

        (await office.ProblemsAsync("admin", new ConfirmBankDetails(open.Id)))
            .Single()
            .Text.ShouldBe("Sie haben das selbst veranlasst; zustimmen muss eine andere Person.");
        await Should.ThrowAsync<PermissionDeniedException>(() => office.InvokeAsync("office", new ConfirmBankDetails(open.Id)));
        await office.InvokeAsync("board", new ConfirmBankDetails(open.Id));

        var settings = await office.ReadAsync();
        (settings.Profile.Iban, settings.Profile.BankName, settings.OpenProposal).ShouldBe((Other, "Commerzbank Köln", null));
        settings.Accounts.Single().Iban.ShouldBe(FirstProfiles.Demo.Iban, "members go on paying there");
        settings.Changes[0].By.ShouldBe("Dr. Nora Groß");
        settings.Changes[0].Values.ShouldContain(v => v.Field == "Iban" && v.Old == FirstProfiles.Demo.Iban && v.New == Other);
        (await office.ProblemsAsync("board", new ConfirmBankDetails(open.Id))).Single().Text.ShouldBe("Das wartet nicht mehr auf Zustimmung.");
    }

    [Fact]
    public async Task a_proposal_is_refused_or_withdrawn_and_another_one_may_follow()
    {
        await using var office = await SettingsOffice.OpenAsync();
        await office.InvokeAsync("board", new ProposeBankDetails(Wished, "Bankwechsel"));
        (await office.ProblemsAsync("admin", new ProposeBankDetails(Wished, "Noch einmal")))
            .Single()
            .Text.ShouldStartWith("Dr. Nora Groß hat schon ein anderes Konto vorgeschlagen.");
        var first = (await office.ReadAsync()).OpenProposal!;
        (await office.ProblemsAsync("admin", new WithdrawBankDetails(first.Id))).Single().Text.ShouldStartWith("Zurückziehen kann einen Vorschlag nur");
        (await office.ProblemsAsync("admin", new RefuseBankDetails(first.Id, " "))).Single().Field.ShouldBe("Refusal");
        (await office.ProblemsAsync("board", new RefuseBankDetails(first.Id, "Doch nicht"))).Single().Text.ShouldContain("eine andere Person");
        await office.InvokeAsync("admin", new RefuseBankDetails(first.Id, "Das ist nicht unser Konto"));
        var refused = (await office.TodayAsync("board")).Single(r => r.Text.Contains("Bankkonto DE89", StringComparison.Ordinal));
        refused.Detail.ShouldContain("Rüdiger Lambert");
        refused.Detail.ShouldContain("Das ist nicht unser Konto");
        await office.InvokeAsync("board", new ProposeBankDetails(Wished, "Bankwechsel"));
        (await office.TodayAsync("board")).ShouldNotContain(r => r.Text.Contains("Bankkonto DE89", StringComparison.Ordinal), "it was asked for anew");
        await office.InvokeAsync("board", new WithdrawBankDetails((await office.ReadAsync()).OpenProposal!.Id));

        var settings = await office.ReadAsync();
        settings.Proposals.Select(p => (p.State, p.DecidedBy)).ShouldBe([("withdrawn", "Dr. Nora Groß"), ("refused", "Rüdiger Lambert")]);
        settings.Proposals.Select(p => p.Refusal).ShouldBe([null, "Das ist nicht unser Konto"]);
        settings.Profile.Iban.ShouldBe(FirstProfiles.Demo.Iban);
    }

    [Fact]
    public async Task the_first_account_and_a_better_name_of_the_bank_hold_at_once()
    {
        await using var office = await SettingsOffice.OpenAsync(FirstProfiles.Own);
        (await office.InvokeAsync<BankDetailsOutcome>("admin", new ProposeBankDetails(Wished, ""))).ShouldBe(BankDetailsOutcome.Saved);
        (await office.InvokeAsync<BankDetailsOutcome>("admin", new ProposeBankDetails(Wished with { BankName = "Commerzbank" }, ""))).ShouldBe(
            BankDetailsOutcome.Saved
        );
        (await office.InvokeAsync<BankDetailsOutcome>("admin", new ProposeBankDetails(Wished with { BankName = "Commerzbank" }, ""))).ShouldBe(
            BankDetailsOutcome.Unchanged
        );
        (await office.ReadAsync()).Profile.Iban.ShouldBe(Other);
    }

    [Theory]
    [InlineData("DE89370400440532013001", "Die Prüfziffer passt nicht. Vermutlich ist eine Stelle vertippt.")]
    [InlineData("DE8937040044053201300", "Eine IBAN dieses Landes hat 22 Stellen, diese hat 21.")]
    [InlineData("US89370400440532013000", "Dieses Land nimmt nicht an SEPA teil.")]
    [InlineData("Sparkasse 4711", "Eine IBAN beginnt mit zwei Buchstaben und zwei Ziffern und hat keine Sonderzeichen.")]
    [InlineData("", "Die IBAN fehlt.")]
    public async Task a_wrong_account_number_is_refused_with_its_reason(string iban, string sentence)
    {
        await using var office = await SettingsOffice.OpenAsync(FirstProfiles.Own);
        (await office.ProblemsAsync("admin", new ProposeBankDetails(Wished with { Iban = iban }, "Bankwechsel"))).ShouldContain(p =>
            p.Field == "Iban" && p.Text == sentence
        );
    }

    [Fact]
    public async Task creditor_id_bic_and_reason_are_checked()
    {
        await using var office = await SettingsOffice.OpenAsync();
        var problems = await office.ProblemsAsync(
            "admin",
            new ProposeBankDetails(Wished with { CreditorId = "DE97ZZZ09999999999", Bic = "XX", BankName = "" }, " ")
        );
        problems.Select(p => p.Field).ShouldBe(["BankName", "Bic", "CreditorId", "Reason"]);
        (await office.ProblemsAsync("admin", new ProposeBankDetails(Wished with { CreditorId = "" }, "weg damit")))
            .Single()
            .Text.ShouldStartWith("Mandate verweisen auf die Gläubiger-ID.");
    }

    [Fact]
    public async Task further_accounts_are_listed_once_and_removed()
    {
        await using var office = await SettingsOffice.OpenAsync();
        await office.InvokeAsync("admin", new AddBankAccount("Commerzbank", Wished.Iban, "", "Tagesgeld"));
        (await office.ProblemsAsync("admin", new AddBankAccount("Commerzbank", Other, "", "Tagesgeld")))
            .Single()
            .Text.ShouldBe("Dieses Konto steht schon in der Liste.");
        (await office.ProblemsAsync("admin", new AddBankAccount("Bank", FirstProfiles.Demo.Iban, "", "Giro"))).Single().Field.ShouldBe("Iban");
        await office.InvokeAsync("admin", new RemoveBankAccount(Other));
        (await office.ReadAsync()).Accounts.ShouldBeEmpty();
        await using var connection = await office.Office.Database.OpenConnectionAsync();
        (await connection.QueryAsync<string>("select operation from platform.audit_entry where table_name = 'platform.bank_account' order by id")).ShouldBe([
            "insert",
            "delete",
        ]);
    }
}
