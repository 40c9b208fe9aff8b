using Association.Membership.Applications.Deciding;
using Association.Membership.Applications.Form;
using Association.Membership.Applications.List;
using Association.Membership.Applications.Model;
using Association.Membership.Applications.Record;
using Association.Membership.Contracts;
using Association.Membership.Dues.Preview;
using Association.Membership.Members.Letters;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Membership.Members.Templates;
using Association.Membership.Tests.Members;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Testing;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Applications;

/// <summary>From the public form to the member: sent once, corrected beside what was typed, decided by a second person, welcomed once.</summary>
public sealed class ApplicationTests(ApplyingOffice applying) : IClassFixture<ApplyingOffice>
{
    private readonly TestOffice office = applying.Office;

    [Fact]
    public async Task a_form_sent_twice_is_one_application_with_one_confirmation_in_its_language()
    {
        var (id, form) = (Guid.CreateVersion7(), ApplyingOffice.Form("Deux Fois SARL", "deux@fois.example"));
        var numbers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => applying.SendAsync(form, id)));
        numbers.Distinct().ShouldHaveSingleItem();
        await office.DrainAsync();
        var mail = applying.Server.Mails.Where(m => m.To.Contains("deux@fois.example")).ShouldHaveSingleItem();
        mail.Data.ShouldContain("=?utf-8?", Case.Insensitive);
        var record = await applying.ReadAsync(numbers[0]);
        record.Application.State.ShouldBe(ApplicationState.New);
        record.Confirmation.ShouldNotBeNull();
        record.Application.Consents.Select(c => c.Kind).ShouldBe([ConsentKind.Statutes, ConsentKind.Privacy, ConsentKind.Mandate]);
        record.Application.Consents.ShouldAllBe(c => c.Version == Consents.Version && c.Text.Length > 20);
        record.Application.Form.Iban.ShouldBe("DE02120300000000202051");

        // Gone back, changed and sent again: the first one counts, and it is said.
        var refused = await Should.ThrowAsync<ProblemsException>(() => applying.SendAsync(form with { Town = "Nancy" }, id));
        refused.Problems.ShouldHaveSingleItem().Field.ShouldBe("");
        (await applying.ReadAsync(numbers[0])).Application.Form.Town.ShouldBe("Metz");
    }

    [Fact]
    public async Task what_is_missing_or_wrong_is_said_at_its_field_and_nothing_is_kept()
    {
        var before = await CountAsync();
        var wrong = ApplyingOffice.Form() with
        {
            Category = "guild",
            Name = " ",
            Street = "",
            PostalCode = "5700",
            Town = "",
            Email = "nowhere",
            ContactName = null,
            Iban = "DE02 1203 0000 0000 2020 52",
            JoinsOn = new DateOnly(2031, 1, 1),
        };
        var refused = await Should.ThrowAsync<ProblemsException>(() => applying.SendAsync(wrong));
        refused
            .Problems.Select(p => p.Field)
            .ShouldBe(["Category", "JoinsOn", "Name", "Email", "Street", "PostalCode", "Town", "ContactName", "Iban"], ignoreOrder: true);
        refused.Problems.ShouldAllBe(p => p.Text.Contains(' '));

        var unsigned = await Should.ThrowAsync<ProblemsException>(() =>
            office
                .As(Actor.Anonymous)
                .Bus.InvokeAsync<int>(
                    new SendApplication(Guid.CreateVersion7(), ApplyingOffice.Form() with { Value = null, Iban = null }, false, false, Mandate: true)
                )
        );
        unsigned.Problems.Select(p => p.Field).ShouldBe(["Value", "Iban", "Statutes", "Privacy"], ignoreOrder: true);

        var foreign = await Should.ThrowAsync<ProblemsException>(() => applying.SendAsync(ApplyingOffice.Form("株式会社")));
        foreign.Problems.ShouldHaveSingleItem().Field.ShouldBe("Name");
        var endless = await Should.ThrowAsync<ProblemsException>(() => applying.SendAsync(ApplyingOffice.Form(new string('x', 301))));
        endless.Problems.ShouldHaveSingleItem().Field.ShouldBe("Name");
        (await CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task line_breaks_become_blanks_and_what_nobody_sees_is_refused()
    {
        var number = await applying.SendAsync(
            ApplyingOffice.Form("Saut\r\nde ligne\tSARL", "saut@ligne.example") with
            {
                ContactName = "Claire\nWeber",
                Remark = "eins\r\nzwei",
            }
        );
        var form = (await applying.ReadAsync(number)).Application.Form;
        (form.Name, form.ContactName, form.Remark).ShouldBe(("Saut de ligne SARL", "Claire Weber", "eins\nzwei"));
        await Should.ThrowAsync<ProblemsException>(() => applying.SendAsync(ApplyingOffice.Form("Un\u200bseen SARL")));
    }

    [Fact]
    public async Task nobody_fills_a_strangers_mailbox_with_confirmations()
    {
        for (var i = 0; i < 3; i++)
            await applying.SendAsync(ApplyingOffice.Form($"Flut {i} GmbH", "flut@fremd.example"));
        var refused = await Should.ThrowAsync<ProblemsException>(() => applying.SendAsync(ApplyingOffice.Form("Flut 4 GmbH", "FLUT@fremd.example")));
        refused.Problems.ShouldHaveSingleItem().Field.ShouldBe("Email");
    }

    [Fact]
    public async Task the_expected_dues_are_those_of_the_calculator_with_the_months_of_the_first_year()
    {
        var terms = await office.As(Actor.Anonymous).Bus.QueryAsync(new ReadApplicationTerms());
        terms.Find("company")!.Measure.ShouldBe(Measure.Employees);
        terms.Find("insurer")!.Measure.ShouldBeNull();
        var whole = terms.Expect("company", 45, new DateOnly(2026, 12, 1)).ShouldHaveSingleItem(); // no regulation is valid in 2026
        whole.Year.ShouldBe(2027);
        var expected = terms.Expect("company", 45, new DateOnly(2027, 10, 15));
        expected.Select(e => e.Year).ShouldBe([2027, 2028]);
        expected[0].Amount.ShouldBe(Money.Round(whole.Amount.Amount * 3 / 12)); // October to December
        expected[1].Amount.ShouldBe(whole.Amount);
    }

    [Fact]
    public async Task the_board_accepts_once_and_the_member_has_contact_mandate_value_and_one_welcome_letter()
    {
        var number = await applying.SubmittedAsync(ApplyingOffice.Form("Une Fois SARL", "une@fois.example"));
        (await applying.RefusedAsync("office", ApplyingOffice.Accept(number), "")).ShouldNotBeEmpty(); // who submitted it does not decide

        var answers = await Task.WhenAll(
            new[] { "board", "office2", "board", "office2" }.Select(who => office.As(who).Bus.InvokeAsync<MemberAdmitted>(ApplyingOffice.Accept(number)))
        );
        var admitted = answers.Distinct().ShouldHaveSingleItem();
        await office.DrainAsync();

        var member = await office.ReadAsync(admitted.Id);
        (member.Name, member.Category, member.JoinedOn, member.Language).ShouldBe(("Une Fois SARL", "company", new DateOnly(2026, 12, 1), "fr"));
        (member.Iban, member.PaymentRoute, member.MandateSignedOn).ShouldBe(("DE02120300000000202051", PaymentRoute.DirectDebit, new DateOnly(2026, 11, 23)));
        member.MandateReference.ShouldBe($"A{number}-20261123");
        var contact = await office.Db().Contacts.SingleAsync(c => c.MemberId == member.Id);
        (contact.Name, contact.Salutation).ShouldBe(("Claire Weber", Salutation.Ms));
        (await office.Db().Functions.SingleAsync(f => f.MemberId == member.Id)).Kind.ShouldBe(FunctionKind.Contact);
        var value = await office.Db().InputValues.SingleAsync(v => v.MemberId == member.Id);
        (value.Measure, value.Value, value.AsOf, value.Source).ShouldBe((Measure.Employees, 45, new DateOnly(2025, 12, 31), ValueSource.SelfDeclaration));

        var application = (await applying.ReadAsync(number)).Application;
        (application.State, application.ResolvedBy, application.Resolution).ShouldBe((ApplicationState.Accepted, "Vorstand", "Nr. 7/2026"));
        application.WelcomeLetterId.ShouldNotBeNull();
        applying.Server.Mails.Count(m => m.To.Contains("une@fois.example")).ShouldBe(2); // the confirmation and the welcome, once each
        await office.InvokeAsync(new WriteWelcome(number));
        await office.DrainAsync();
        applying.Server.Mails.Count(m => m.To.Contains("une@fois.example")).ShouldBe(2);

        // A newcomer is charged by the next run of the year.
        await applying.RefusedAsync("office", new WithdrawApplication(number, "zu spät"), "");
    }

    [Fact]
    public async Task an_entry_in_the_next_year_brings_the_value_that_its_dues_need()
    {
        var number = await applying.SubmittedAsync(ApplyingOffice.Form("Prochain SARL", "prochain@an.example") with { JoinsOn = new DateOnly(2027, 3, 1) });
        var admitted = await office.As("board").Bus.InvokeAsync<MemberAdmitted>(ApplyingOffice.Accept(number) with { JoinedOn = new DateOnly(2027, 3, 1) });
        var run = await office.As("office").Bus.QueryAsync(new Association.Membership.Dues.Calculation.ReadMemberFacts(admitted.Number, 2027));
        run!.Value.ShouldBe(45);
        run.JoinedOn.ShouldBe(new DateOnly(2027, 3, 1));
    }

    [Fact]
    public async Task a_correction_stays_beside_what_was_typed_and_takes_the_application_back_from_the_board()
    {
        var number = await applying.SubmittedAsync(ApplyingOffice.Form("Corrigée SARL", "corrigee@sarl.example"));
        var seen = (await applying.ReadAsync(number)).Application;
        await office.InvokeAsync(new CorrectApplication(number, seen.Version, seen.Form with { Town = "Nancy", PostalCode = "54000" }));
        var now = (await applying.ReadAsync(number)).Application;
        (now.Typed.Town, now.Form.Town, now.State, now.CorrectedBy).ShouldBe(("Metz", "Nancy", ApplicationState.New, "Anna Dörr"));
        await Should.ThrowAsync<ConcurrentEditException>(() => office.InvokeAsync(new CorrectApplication(number, seen.Version, seen.Form)));
        await applying.RefusedAsync("board", ApplyingOffice.Accept(number), "");

        await using var connection = await office.Database.OpenConnectionAsync();
        var refused = await Should.ThrowAsync<PostgresException>(() =>
            connection.ExecuteAsync("update membership.membership_application set typed = form where number = @number", new { number })
        );
        refused.SqlState.ShouldBe("AS001");
    }

    [Fact]
    public async Task the_board_refuses_with_a_reason_and_the_office_may_hand_it_over_again()
    {
        var number = await applying.SubmittedAsync(ApplyingOffice.Form("Refusée SARL", "refusee@sarl.example"));
        await applying.RefusedAsync("board", new ReturnApplication(number, ""), "Refusal");
        await office.As("board").Bus.InvokeAsync(new ReturnApplication(number, "liegt außerhalb der Region"));
        (await applying.ReadAsync(number)).Application.State.ShouldBe(ApplicationState.Refused);
        await office.InvokeAsync(new SubmitApplication(number));
        (await applying.ReadAsync(number)).Application.State.ShouldBe(ApplicationState.Waiting);
        await applying.RefusedAsync("office", new WithdrawApplication(number, " "), "Reason");
        await office.InvokeAsync(new WithdrawApplication(number, "Anruf vom 23.11."));
        (await applying.ReadAsync(number)).Application.State.ShouldBe(ApplicationState.Withdrawn);
        await applying.RefusedAsync("board", ApplyingOffice.Accept(number), "");
    }

    [Fact]
    public async Task a_refused_applicant_is_told_by_mail_only_where_that_is_ticked_and_once()
    {
        var (quiet, told) = ("still@sarl.example", "absage@sarl.example");
        var silent = await applying.SubmittedAsync(ApplyingOffice.Form("Sans Mot SARL", quiet));
        await office.As("board").Bus.InvokeAsync(new ReturnApplication(silent, "liegt außerhalb der Region"));
        var number = await applying.SubmittedAsync(ApplyingOffice.Form("Prévenue SARL", told));
        await office.InvokeAsync(new ReturnApplication(number, Tell: true)); // who submitted it only takes it back
        (await applying.ReadAsync(number)).Refusal.ShouldBeNull();
        await office.InvokeAsync(new SubmitApplication(number));
        await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => office.As("board").Bus.InvokeAsync(new ReturnApplication(number, "liegt außerhalb der Region", Tell: true)))
        );
        await office.InvokeAsync(new SubmitApplication(number));
        await office.As("board").Bus.InvokeAsync(new ReturnApplication(number, "noch einmal beraten", Tell: true));
        await office.DrainAsync();

        applying.Server.Mails.Count(m => m.To.Contains(quiet)).ShouldBe(1); // the confirmation of receipt
        var mails = applying.Server.Mails.Where(m => m.To.Contains(told)).ToList();
        mails.Count.ShouldBe(2);
        var text = SelfDeclarations.RoundOffice.TextOf(mails[1]);
        text.ShouldContain("Claire Weber");
        text.ShouldContain("Prévenue SARL");
        text.ShouldContain("n’a pas décidé l’admission");
        text.ShouldNotContain("außerhalb");
        (await applying.ReadAsync(number)).Refusal.ShouldNotBeNull().Address.ShouldBe(told);
    }

    [Fact]
    public async Task a_template_for_refusals_is_used_and_one_that_names_what_an_applicant_has_not_is_refused_before_anything_happens()
    {
        var hole = new SerialText("Absage {Mitgliedsnummer}", "{Anrede}\n\n{Name}, leider nein.", "fr");
        var template = new LetterTemplateId(
            await office.As("office").Bus.InvokeAsync<Guid>(new KeepTemplate(null, 0, "Absage", [hole], LetterPurpose.Refusal))
        );
        var number = await applying.SubmittedAsync(ApplyingOffice.Form("Modèle SARL", "modele@sarl.example"));
        (await applying.RefusedAsync("board", new ReturnApplication(number, "passt nicht", Tell: true), "Tell")).ShouldContain("{NuméroMembre}");
        (await applying.ReadAsync(number)).Application.State.ShouldBe(ApplicationState.Waiting);
        var kept = (await office.As("office").Bus.QueryAsync(new ListTemplates())).Single(t => t.Id == template);
        await office
            .As("office")
            .Bus.InvokeAsync<Guid>(new KeepTemplate(template, kept.Version, "Absage", [hole with { Subject = "Nein, {Name}" }], LetterPurpose.Refusal));

        await office.As("board").Bus.InvokeAsync(new ReturnApplication(number, "passt nicht", Tell: true));
        await office.DrainAsync();

        SelfDeclarations.RoundOffice.TextOf(applying.Server.Mails.Last(m => m.To.Contains("modele@sarl.example"))).ShouldContain("leider nein");
        kept = (await office.As("office").Bus.QueryAsync(new ListTemplates())).Single(t => t.Id == template);
        await office.InvokeAsync(new DeleteTemplate(template, kept.Version)); // the class shares its office
    }

    [Fact]
    public async Task a_probable_twin_among_members_and_applications_is_shown()
    {
        var member = await office.MemberAsync(name: "Zwilling GmbH", town: "Lebach");
        var form = ApplyingOffice.Form("Zwilling GmbH", "post@waldkrankenhaus.example") with
        {
            Street = "Am Bürgerpark 118 a",
            PostalCode = "66822",
            Town = "Lebach",
            Country = "DE",
            Iban = null,
        };
        var first = await applying.SendAsync(form, mandate: false);
        var second = await applying.SendAsync(form, mandate: false);
        var twins = (await applying.ReadAsync(second)).Twins;
        twins.ShouldContain(t => t.Member == member.Number && t.Why.Length > 0);
        twins.ShouldContain(t => t.Application == first && t.Why.Length > 0);
    }

    [Fact]
    public async Task a_template_that_does_not_fit_keeps_nobody_out_and_the_letter_is_written_later_once()
    {
        var hole = new SerialText("Willkommen", "{Anrede}\n\nIhr letzter Tag ist der {LetzterTag}.", "de");
        var template = new LetterTemplateId(
            await office.As("office").Bus.InvokeAsync<Guid>(new KeepTemplate(null, 0, "Begrüßung", [hole], LetterPurpose.Welcome))
        );
        await office.ShouldRefuseAsync(new KeepTemplate(null, 0, "Noch eine", [hole], LetterPurpose.Welcome), "Purpose");
        var number = await applying.SubmittedAsync(ApplyingOffice.Form("Trou GmbH", "trou@gmbh.example") with { Language = "de" });
        await office.As("board").Bus.InvokeAsync<MemberAdmitted>(ApplyingOffice.Accept(number));
        var application = (await applying.ReadAsync(number)).Application;
        application.WelcomeLetterId.ShouldBeNull();
        var admitted = await office.ReadAsync(application.MemberId!.Value);
        await office.ShouldRefuseAsync(new RemoveMember(admitted.Id, admitted.Version), ""); // a resolution stands behind it
        await applying.RefusedAsync("office", new WriteWelcome(number), "");
        var kept = (await office.As("office").Bus.QueryAsync(new ListTemplates())).Single(t => t.Id == template);
        await office.InvokeAsync(new DeleteTemplate(template, kept.Version));
        (await office.As("office").Bus.QueryAsync(new CountOpenApplications(null))).Unwelcomed.ShouldBe(number);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => office.InvokeAsync(new WriteWelcome(number))));
        await office.DrainAsync();
        applying.Server.Mails.Count(m => m.To.Contains("trou@gmbh.example")).ShouldBe(2);
    }

    [Fact]
    public async Task the_list_pages_by_key_and_counts_each_state()
    {
        for (var i = 0; i < 3; i++)
            await applying.SendAsync(ApplyingOffice.Form($"Liste {i} GmbH", $"liste{i}@gmbh.example"));
        var filter = new ApplicationFilter("liste", ApplicationState.New);
        var first = await office.As("board").Bus.QueryAsync(new ListApplications(filter, Size: 2, Sort: "name"));
        first.Page.Rows.Select(r => r.Name).ShouldBe(["Liste 0 GmbH", "Liste 1 GmbH"]);
        first.States[ApplicationState.New].ShouldBe(3);
        var second = await office.As("board").Bus.QueryAsync(new ListApplications(filter, first.Page.After, 2, "name"));
        second.Page.Rows.ShouldHaveSingleItem().Name.ShouldBe("Liste 2 GmbH");
    }

    private async Task<int> CountAsync()
    {
        await using var connection = await office.Database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>("select count(*) from membership.membership_application");
    }
}
