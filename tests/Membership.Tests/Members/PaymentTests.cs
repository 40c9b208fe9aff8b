using Association.Membership.Contracts;
using Association.Membership.Members.Clarifications;
using Association.Membership.Members.Model;
using Association.Membership.Members.Payment;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Members;

public sealed class PaymentTests(MembershipOffice membership) : IClassFixture<MembershipOffice>
{
    private const string GoodIban = "DE02 1203 0000 0000 2020 51";
    private readonly TestOffice office = membership.Office;

    [Fact]
    public async Task a_mandate_is_recorded_without_blanks()
    {
        var member = await office.MemberAsync();
        await office.InvokeAsync(new RecordMandate(member.Id, member.Version, PaymentRoute.DirectDebit, GoodIban, " M-1301 ", new DateOnly(2014, 2, 1)));
        var now = await office.ReadAsync(member.Id);
        (now.PaymentRoute, now.Iban, now.MandateReference).ShouldBe((PaymentRoute.DirectDebit, "DE02120300000000202051", "M-1301"));
        var card = (await office.As("office").Services.GetRequiredService<IMemberDirectory>().ReadAsync([member.Id], default)).Single();
        (card.Route, card.MandateReference, card.MandateSignedOn).ShouldBe((PaymentRoute.DirectDebit, "M-1301", new DateOnly(2014, 2, 1)));
    }

    [Theory]
    [InlineData("DE02120300000000202015", "Die Prüfziffer passt nicht. Vermutlich ist eine Stelle vertippt.")]
    [InlineData("DE0212030000000020205", "Eine IBAN dieses Landes hat 22 Zeichen, hier stehen 21.")]
    [InlineData("US02120300000000202051", "Dieses Land nimmt am SEPA-Verfahren nicht teil.")]
    [InlineData("0681 9123", "Eine IBAN beginnt mit zwei Buchstaben und zwei Ziffern: DE02 1203 …")]
    public async Task a_wrong_iban_is_refused_in_words(string iban, string words)
    {
        var member = await office.MemberAsync();
        (await office.ShouldRefuseAsync(new RecordMandate(member.Id, member.Version, PaymentRoute.Transfer, iban, null, null), "Iban")).ShouldBe(words);
    }

    [Fact]
    public async Task direct_debit_needs_account_reference_and_date()
    {
        var member = await office.MemberAsync();
        var date = new DateOnly(2020, 1, 1);
        await office.ShouldRefuseAsync(new RecordMandate(member.Id, member.Version, PaymentRoute.DirectDebit, "", "M-1", date), "Iban");
        await office.ShouldRefuseAsync(new RecordMandate(member.Id, member.Version, PaymentRoute.DirectDebit, GoodIban, " ", date), "MandateReference");
        await office.ShouldRefuseAsync(new RecordMandate(member.Id, member.Version, PaymentRoute.DirectDebit, GoodIban, "M-1", null), "MandateSignedOn");
        await office.ShouldRefuseAsync(new RecordMandate(member.Id, member.Version, PaymentRoute.DirectDebit, GoodIban, "Mandat Ä", date), "MandateReference");
        await office.ShouldRefuseAsync(
            new RecordMandate(member.Id, member.Version, PaymentRoute.DirectDebit, GoodIban, "M-1", MembershipOffice.Day.AddDays(1)),
            "MandateSignedOn"
        );
        await using var connection = await office.Database.OpenConnectionAsync();
        var refused = await Should.ThrowAsync<PostgresException>(() =>
            connection.ExecuteAsync("update membership.member set payment_route = 'direct_debit' where id = @id", new { id = member.Id.Value })
        );
        refused.ConstraintName.ShouldBe("member_direct_debit_needs_mandate");
    }

    [Fact]
    public async Task documents_go_to_another_recipient_and_the_member_keeps_its_address()
    {
        var member = await office.MemberAsync();
        await office.InvokeAsync(
            new SetBillingRecipient(
                member.Id,
                member.Version,
                new BillingRecipient("Träger gGmbH", "Buchhaltung", "Hafenstraße 1", "66111", "Saarbrücken", "DE", null)
            )
        );
        var now = await office.ReadAsync(member.Id);
        now.Address.ShouldBe(member.Address);
        var directory = office.As("office").Services.GetRequiredService<IMemberDirectory>();
        var card = (await directory.ReadAsync([member.Id], default)).Single();
        card.Name.ShouldBe(member.Name);
        card.Recipient.Lines.ShouldBe(["Träger gGmbH", "Buchhaltung", "Hafenstraße 1"]);
        card.Recipient.Town.ShouldBe("Saarbrücken");

        await office.InvokeAsync(new SetBillingRecipient(member.Id, now.Version, null));
        (await office.ReadAsync(member.Id)).Billing.ShouldBeNull();
        await office.ShouldRefuseAllAsync(
            new SetBillingRecipient(member.Id, (await office.ReadAsync(member.Id)).Version, new BillingRecipient(" ", null, null, null, null, null, null)),
            "Name",
            "Street",
            "PostalCode",
            "Town"
        );
    }

    [Theory]
    [InlineData("Träger gGmbH", "", "6611", "", "Street PostalCode Town")]
    [InlineData("Träger gGmbH", "", "", "6611", "Street PostalCode Town")]
    [InlineData("Träger gGmbH", "Hafenstraße 1", "6611", "Saarbrücken", "PostalCode")]
    [InlineData("北京", "Hafenstraße 1", "66111", "Saarbrücken", "Name")]
    public async Task an_incomplete_recipient_is_refused(string name, string street, string postalCode, string town, string fields)
    {
        var member = await office.MemberAsync();
        await office.ShouldRefuseAllAsync(
            new SetBillingRecipient(member.Id, member.Version, new BillingRecipient(name, null, street, postalCode, town, "DE", null)),
            fields.Split(' ')
        );
    }

    [Fact]
    public async Task nobodys_name_stands_over_another_ones_street()
    {
        var member = await office.MemberAsync();
        await using var connection = await office.Database.OpenConnectionAsync();
        await connection.ExecuteAsync( // as an earlier release kept it
            "update membership.member set billing_name = 'Träger gGmbH', billing_postal_code = '6611' where id = @id",
            new { id = member.Id.Value }
        );
        var directory = office.As("office").Services.GetRequiredService<IMemberDirectory>();
        var card = (await directory.ReadAsync([member.Id], default)).Single();
        card.Recipient.Lines.ShouldNotContain("Träger gGmbH");
        card.Recipient.Lines.ShouldContain(member.Address.Street);
    }

    [Fact]
    public async Task what_an_import_left_open_is_grouped_on_today_and_worked_off_in_one_click()
    {
        var member = await office.MemberAsync();
        var (noPost, route, note) = (
            await OpenAsync(member, ClarificationKind.NoPost),
            await OpenAsync(member, ClarificationKind.PaymentRoute),
            await OpenAsync(member, ClarificationKind.Remark)
        );
        var row = (await TodayAsync()).ShouldHaveSingleItem();
        row.Text.ShouldBe("3 Angaben klären");
        row.Detail.Split(" · ").ShouldBe(["Keine Post 1", "Zahlweise 1", "Bemerkung 1"], ignoreOrder: true);

        await office.InvokeAsync(new ResolveClarification(noPost, ClarificationAnswer.NoPost));
        (await office.ReadAsync(member.Id)).NoPost.ShouldBeTrue();
        (await office.ShouldRefuseAsync(new ResolveClarification(noPost, ClarificationAnswer.NoPost), "")).ShouldContain("Anna Dörr");
        await office.ShouldRefuseAsync(new ResolveClarification(route, ClarificationAnswer.DirectDebit), "");
        await office.ShouldRefuseAsync(new ResolveClarification(note, ClarificationAnswer.Noted, " "), "Note");
        await office.InvokeAsync(new ResolveClarification(note, ClarificationAnswer.Noted, "erledigt nach Anruf"));

        var seen = await office.ReadAsync(member.Id);
        await office.InvokeAsync(
            new RecordMandate(member.Id, seen.Version, PaymentRoute.DirectDebit, GoodIban, "M-1", new DateOnly(2020, 1, 1), Resolves: route)
        );
        (await office.As("office").Bus.QueryAsync(new ListClarifications())).Rows.ShouldBeEmpty();
        (await TodayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task one_answer_is_given_to_all_of_a_kind_or_to_none()
    {
        var (one, other) = (await office.MemberAsync(), await office.MemberAsync());
        await OpenAsync(one, ClarificationKind.NoPost);
        await OpenAsync(other, ClarificationKind.NoPost);
        await OpenAsync(other, ClarificationKind.Iban);

        (await office.ShouldRefuseAsync(new ResolveAllOfKind(ClarificationKind.NoPost, 1, ClarificationAnswer.NoPost), "")).ShouldContain("jetzt sind es 2");
        (await office.ReadAsync(one.Id)).NoPost.ShouldBeFalse();
        await office.ShouldRefuseAsync(new ResolveAllOfKind(ClarificationKind.NoPost, 2, ClarificationAnswer.Noted, " "), "Note");

        await office.InvokeAsync(new ResolveAllOfKind(ClarificationKind.NoPost, 2, ClarificationAnswer.NoPost));
        ((await office.ReadAsync(one.Id)).NoPost, (await office.ReadAsync(other.Id)).NoPost).ShouldBe((true, true));
        var left = (await office.As("office").Bus.QueryAsync(new ListClarifications())).Counts.ShouldHaveSingleItem();
        left.ShouldBe((ClarificationKind.Iban, 1));
        await office.InvokeAsync(new ResolveAllOfKind(ClarificationKind.Iban, 1, ClarificationAnswer.NothingToDo));
    }

    private async Task<ClarificationId> OpenAsync(Member member, ClarificationKind kind)
    {
        var db = office.Db();
        var clarification = new Clarification
        {
            Id = ClarificationId.New(),
            MemberId = member.Id,
            Kind = kind,
            Text = "zu klären",
            CreatedAt = office.Clock.GetUtcNow(),
        };
        db.Clarifications.Add(clarification);
        await db.SaveChangesAsync();
        return clarification.Id;
    }

    private async Task<IReadOnlyList<TodayRow>> TodayAsync()
    {
        var scope = office.As("office");
        return await scope
            .Services.GetServices<ITodayTask>()
            .OfType<ClarificationTask>()
            .Single()
            .FindAsync(scope.Services.GetRequiredService<CurrentUser>().Actor, default);
    }
}
