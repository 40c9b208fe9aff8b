using System.Text;
using Association.Membership.SelfDeclarations;
using Association.Membership.SelfDeclarations.Answers;
using Association.Membership.SelfDeclarations.Deciding;
using Association.Membership.SelfDeclarations.Rounds;
using Association.Membership.Tests.Members;
using Association.Platform.Data.PersonalLinks;
using Association.Platform.Documents.Archive;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.SelfDeclarations;

/// <summary>What whoever holds a link or a code may do, and what not.</summary>
public sealed class AnswerTests
{
    [Fact]
    public async Task the_link_of_the_mail_opens_the_form_and_the_database_has_only_its_digest()
    {
        await using var office = await RoundOffice.OpenAsync();
        await office.HospitalAsync(last: 400);
        var key = await office.AskForLinkAsync();

        var opened = (await office.LookAsync(key)).ShouldNotBeNull();
        (opened.Measure, opened.LastValue, opened.ReferenceDate, opened.TakesAnswers).ShouldBe(("beds", 400, new DateOnly(2026, 12, 31), true));
        var stored = (await office.Dues.QueryAsync<byte[]>("select digest from membership.declaration_link")).ShouldHaveSingleItem();
        stored.ShouldBe(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(key)));
        (
            await office.Dues.QueryAsync<bool>(
                "select exists (select from membership.declaration_request q where q::text like '%' || @key || '%')",
                new { key }
            )
        ).ShouldBe([false]);
    }

    [Fact]
    public async Task looking_changes_nothing_however_often()
    {
        await using var office = await RoundOffice.OpenAsync();
        await office.HospitalAsync();
        var key = await office.AskForLinkAsync();
        var before = await office.Dues.QueryAsync<string>("select xmin::text from membership.declaration_request");
        for (var i = 0; i < 100; i++)
            await office.LookAsync(key);
        (await office.Dues.QueryAsync<string>("select xmin::text from membership.declaration_request")).ShouldBe(before);
    }

    [Fact]
    public async Task what_is_no_link_of_ours_opens_nothing_and_changes_nothing()
    {
        await using var office = await RoundOffice.OpenAsync();
        var number = await office.HospitalAsync();
        var key = await office.AskForLinkAsync();
        var wrong = new[] { null, "", "x", key[..42], key + "A", new string('A', 43), new string('A', 10_000), "' or true --", key.ToUpperInvariant() + "\0" };
        foreach (var other in wrong)
        {
            (await office.LookAsync(other)).ShouldBeNull();
            await office.RefusedAsync(() => office.AnswerAsync(other?.Replace("\0", "", StringComparison.Ordinal), 410), "");
        }
        (await office.StateAsync(number)).ShouldBe(DeclarationState.Open);
    }

    [Fact]
    public async Task a_draft_waits_and_is_sent_off_later()
    {
        await using var office = await RoundOffice.OpenAsync();
        var number = await office.HospitalAsync();
        var key = await office.AskForLinkAsync();
        await office.AnswerAsync(key, null, by: "", send: false);
        await office.AnswerAsync(key, 405, by: "", send: false);
        (await office.StateAsync(number)).ShouldBe(DeclarationState.Draft);
        (await office.LookAsync(key))!.Answer.Value.ShouldBe(405);
        await office.RefusedAsync(() => office.AnswerAsync(key, 405, by: ""), "By");
        await office.RefusedAsync(() => office.AnswerAsync(key, null), "Value");
        await office.AnswerAsync(key, 405);
        (await office.StateAsync(number)).ShouldBe(DeclarationState.Answered);
    }

    [Fact]
    public async Task an_answer_changes_until_the_office_confirmed_it()
    {
        await using var office = await RoundOffice.OpenAsync();
        var number = await office.HospitalAsync();
        var key = await office.AskForLinkAsync();
        await office.AnswerAsync(key, 405);
        await office.AnswerAsync(key, 410);
        (await office.RequestAsync(number)).Declared.Answer.Value.ShouldBe(410);
        await office.DoAsync(new ConfirmDeclaration(2027, number, 410));
        await office.RefusedAsync(() => office.AnswerAsync(key, 500), "");
        (await office.ValueAsync(number)).ShouldBe((410, "self_declaration"));
        (await office.LookAsync(key))!.State.ShouldBe(DeclarationState.Confirmed);
    }

    [Theory]
    [InlineData(400, 200, true)]
    [InlineData(400, 201, false)]
    [InlineData(400, 799, false)]
    [InlineData(400, 800, true)]
    [InlineData(0, 0, false)]
    [InlineData(0, 1, true)]
    [InlineData(1, 1, false)]
    [InlineData(99_999_999, 99_999_999, false)]
    public async Task half_or_twice_of_last_years_asks_why_in_the_form_and_in_the_database(int last, int value, bool asks)
    {
        Plausibility.Deviates(value, last).ShouldBe(asks);
        await using var office = await RoundOffice.OpenAsync();
        var number = await office.HospitalAsync(last: last);
        var key = await office.AskForLinkAsync();
        if (asks)
            await office.RefusedAsync(() => office.AnswerAsync(key, value), "Reason");
        await office.AnswerAsync(key, value, asks ? "Zwei Stationen geschlossen" : "");
        (await office.StateAsync(number)).ShouldBe(asks ? DeclarationState.Implausible : DeclarationState.Answered);
    }

    [Fact]
    public async Task numbers_and_texts_that_do_not_fit_are_refused_at_their_field()
    {
        await using var office = await RoundOffice.OpenAsync();
        await office.HospitalAsync(last: null);
        var key = await office.AskForLinkAsync();
        await office.RefusedAsync(() => office.AnswerAsync(key, -1), "Value");
        await office.RefusedAsync(() => office.AnswerAsync(key, 100_000_000), "Value");
        await office.RefusedAsync(() => office.AnswerAsync(key, long.MaxValue), "Value");
        await office.RefusedAsync(() => office.AnswerAsync(key, 1, by: new string('n', 201)), "By");
        await office.RefusedAsync(() => office.AnswerAsync(key, 1, reason: new string('n', 1001)), "Reason");
        await office.RefusedAsync(() => office.AnonymousAsync(new AnswerDeclaration(key, true, 1, "N", "", new string('n', 2001))), "Remark");
        (await office.LookAsync(key))!.State.ShouldBe(DeclarationState.Open);
    }

    [Fact]
    public async Task a_withdrawn_request_and_a_closed_round_take_nothing()
    {
        await using var office = await RoundOffice.OpenAsync();
        var number = await office.HospitalAsync();
        var key = await office.AskForLinkAsync();
        await office.DoAsync(new CloseDeclarations(2027));
        (await office.LookAsync(key))!.TakesAnswers.ShouldBeFalse();
        await office.RefusedAsync(() => office.AnswerAsync(key, 410), "");
        await office.AskAsync(); // opened again
        await office.AnswerAsync(key, 410);
        await office.DoAsync(new WithdrawRequest(2027, number));
        (await office.LookAsync(key)).ShouldBeNull(); // like one that nobody knows
        await office.RefusedAsync(() => office.AnswerAsync(key, 411), "");
    }

    [Fact]
    public async Task a_link_opens_nothing_after_the_dues_year()
    {
        await using var office = await RoundOffice.OpenAsync();
        await office.HospitalAsync();
        var key = await office.AskForLinkAsync();
        office.Office.Clock.SetToday(new DateOnly(2027, 12, 31));
        (await office.LookAsync(key)).ShouldNotBeNull();
        office.Office.Clock.SetToday(new DateOnly(2028, 1, 1));
        (await office.LookAsync(key)).ShouldBeNull();
    }

    [Fact]
    public async Task a_proof_is_kept_and_the_one_before_it_goes()
    {
        await using var office = await RoundOffice.OpenAsync();
        var number = await office.HospitalAsync();
        var key = await office.AskForLinkAsync();
        await office.AnonymousAsync(new KeepProof(key, "../../Plan\r\n2026.pdf", MemberFileTests.Pdf));
        var first = (await office.LookAsync(key))!.Answer.Proof.ShouldNotBeNull();
        first.Name.ShouldBe("Plan 2026.pdf");
        await office.AnonymousAsync(new KeepProof(key, "Bescheid.pdf", MemberFileTests.Pdf));
        var kept = (await office.RequestAsync(number)).Declared.Answer.Proof.ShouldNotBeNull();
        var archive = office.Office.As("office").Services.GetRequiredService<FileArchive>();
        (await archive.ReadAsync(kept.File, CancellationToken.None)).Bytes.ToArray().ShouldBe(MemberFileTests.Pdf);
        await Should.ThrowAsync<KeyNotFoundException>(() => archive.ReadAsync(first.File, CancellationToken.None));
    }

    [Fact]
    public async Task what_is_no_picture_and_no_pdf_is_refused_and_so_are_endless_uploads()
    {
        await using var office = await RoundOffice.OpenAsync();
        await office.HospitalAsync();
        var key = await office.AskForLinkAsync();
        foreach (var bytes in new[] { [], "MZ\x90"u8.ToArray(), "<svg/>"u8.ToArray(), "PK\x03\x04"u8.ToArray(), "%PDF-1.7 abgeschnitten"u8.ToArray() })
            await office.RefusedAsync(() => office.AnonymousAsync(new KeepProof(key, "x.pdf", bytes)), "Proof");
        await office.RefusedAsync(() => office.AnonymousAsync(new KeepProof(key, "x.pdf", new byte[(10 * 1024 * 1024) + 1])), "Proof");
        for (var i = 0; i < KeepProofHandler.Most; i++)
            await office.AnonymousAsync(new KeepProof(key, "x.pdf", MemberFileTests.Pdf));
        await office.RefusedAsync(() => office.AnonymousAsync(new KeepProof(key, "x.pdf", MemberFileTests.Pdf)), "Proof");
    }

    [Fact]
    public async Task the_code_of_a_letter_opens_the_form_of_its_member_and_of_nobody_else()
    {
        await using var office = await RoundOffice.OpenAsync();
        var (number, other) = (await office.HospitalAsync("Eins", null, address: true), await office.HospitalAsync("Zwei", null, address: true));
        await office.AskAsync();
        var code = await CodeAsync(office, number);
        var key = (
            await office.AnonymousAsync<CodeOpened>(new OpenByCode($" {number} ", code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)))
        ).Key;
        (await office.LookAsync(key))!.Number.ShouldBe(number);
        (await office.AnonymousAsync<CodeOpened>(new OpenByCode(other, code))).Key.ShouldBeNull();
        (await office.AnonymousAsync<CodeOpened>(new OpenByCode("no-such", code))).Key.ShouldBeNull();
        await office.AnswerAsync(key, 410);
        (await office.StateAsync(number)).ShouldBe(DeclarationState.Answered);
    }

    [Fact]
    public async Task wrong_codes_are_counted_and_after_ten_none_opens_until_tomorrow()
    {
        await using var office = await RoundOffice.OpenAsync();
        var number = await office.HospitalAsync(email: null, address: true);
        await office.AskAsync();
        var code = await CodeAsync(office, number);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => office.AnonymousAsync<CodeOpened>(new OpenByCode(number, $"0000-0000-{i:00}"))));
        (await office.AnonymousAsync<CodeOpened>(new OpenByCode(number, code))).Key.ShouldBeNull();
        office.Office.Clock.Advance(TimeSpan.FromDays(1));
        (await office.AnonymousAsync<CodeOpened>(new OpenByCode(number, code))).Key.ShouldNotBeNull();
    }

    // The letter has it and nobody else: a further one is issued in the same way.
    private static async Task<string> CodeAsync(RoundOffice office, string number)
    {
        var request = (await office.RequestAsync(number)).Declared.Request;
        var now = office.Office.Clock.GetUtcNow();
        await using var connection = await office.Office.Database.OpenConnectionAsync();
        return (await SelfDeclarationsFeature.Links.IssueAsync(connection, PersonalLinkKind.Code, [request], now, now.AddYears(1), CancellationToken.None))[0];
    }
}
