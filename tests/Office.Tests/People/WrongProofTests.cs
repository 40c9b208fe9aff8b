using System.Globalization;
using Association.Office.People.Account;
using Association.Office.People.Attempts;
using Association.Office.People.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Office.Tests.People;

/// <summary>Wrong passwords and codes are counted, wherever they are typed, and lock nobody else out.</summary>
public sealed class WrongProofTests : IAsyncLifetime
{
    private PeopleOffice _office = null!;

    private WrongProofs Proofs => _office.Office.Services.GetRequiredService<WrongProofs>();

    // Not below: what an asynchronous method sets ends with it.
    public WrongProofTests() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-DE");

    public async Task InitializeAsync()
    {
        _office = await PeopleOffice.OpenAsync();
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Fact]
    public async Task five_wrong_ones_from_one_address_stop_that_address_and_no_other()
    {
        var (anna, jonas) = (PeopleOffice.IdOf("office"), PeopleOffice.IdOf("office2"));
        _office.ComeFrom("203.0.113.7");
        (await BeginAsync(anna, 6)).ShouldBe([true, true, true, true, true, false]);
        (await Proofs.BeginAsync(jonas, CancellationToken.None)).ShouldBeTrue("another person");

        _office.ComeFrom("198.51.100.4");
        (await Proofs.BeginAsync(anna, CancellationToken.None)).ShouldBeTrue("the person herself, elsewhere");
        _office.ComeFrom(null);
        (await Proofs.BeginAsync(anna, CancellationToken.None)).ShouldBeTrue("the command line");

        _office.ComeFrom("203.0.113.7");
        _office.Office.Clock.Advance(WrongProofs.Pause - TimeSpan.FromSeconds(5));
        (await Proofs.BeginAsync(anna, CancellationToken.None)).ShouldBeFalse();
        _office.Office.Clock.Advance(TimeSpan.FromSeconds(10));
        (await Proofs.BeginAsync(anna, CancellationToken.None)).ShouldBeTrue("what was tried meanwhile does not prolong it");
    }

    [Fact]
    public async Task a_hundred_at_the_same_moment_are_five()
    {
        _office.ComeFrom("203.0.113.8");
        var anna = PeopleOffice.IdOf("office");

        var looked = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Proofs.BeginAsync(anna, CancellationToken.None)));

        looked.Count(l => l).ShouldBe(WrongProofs.Most);
    }

    [Fact]
    public async Task what_was_right_forgets_what_was_wrong()
    {
        _office.ComeFrom("203.0.113.9");
        var anna = PeopleOffice.IdOf("office");
        await BeginAsync(anna, 4);
        await Proofs.ForgetAsync(anna, CancellationToken.None);
        (await BeginAsync(anna, 5)).ShouldAllBe(counts => counts);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void of_an_address_of_the_new_kind_the_network_counts(string address, string counted) =>
        CallerAddress.Of(System.Net.IPAddress.Parse(address)).ShouldBe(counted);

    [Fact]
    public async Task a_wrong_present_password_counts_like_one_at_the_sign_in_though_the_command_is_refused()
    {
        _office.ComeFrom("203.0.113.10");
        const string wished = "ein ganz neuer satz";
        for (var i = 0; i < WrongProofs.Most; i++)
            (await _office.ProblemsAsync("office", Change("falsch geraten"))).Single().Text.ShouldBe("Das Passwort stimmt nicht.");

        var refused = (await _office.ProblemsAsync("office", Change(PeopleOffice.Password))).Single();

        (refused.Field, refused.Text).ShouldBe(("Present", "Das war zu oft falsch. Von hier aus geht es in 15 Minuten weiter."));
        (await Proofs.BeginAsync(PeopleOffice.IdOf("office"), CancellationToken.None)).ShouldBeFalse("the sign-in counts with it");
        _office.ComeFrom("198.51.100.9");
        await _office.InvokeAsync("office", Change(PeopleOffice.Password));
        await using var scope = _office.Office.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        (await people.CheckPasswordAsync((await people.FindByNameAsync("office"))!, wished)).ShouldBeTrue();

        static ChangeOwnPassword Change(string present) => new(present, wished);
    }

    [Fact]
    public async Task setting_a_second_factor_up_asks_for_the_password()
    {
        var key = (await _office.InvokeAsync<SecondFactorKey>("office", new BeginSecondFactor())).Key.Replace(" ", "", StringComparison.Ordinal);
        var code = AppCode.Of(key, Step());

        (await _office.ProblemsAsync("office", new EnrolSecondFactor(code, "falsch geraten"))).Single().Field.ShouldBe("Password");
        (await _office.InvokeAsync<RecoveryCodes>("office", new EnrolSecondFactor(code, PeopleOffice.Password))).Codes.Count.ShouldBe(10);
    }

    [Fact]
    public async Task a_code_of_the_app_opens_once_and_an_older_one_not_at_all()
    {
        await using var scope = _office.Office.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var anna = (await people.FindByNameAsync("office"))!;
        await people.ResetAuthenticatorKeyAsync(anna);
        var key = (await people.GetAuthenticatorKeyAsync(anna))!;
        var step = Step();
        Task<bool> TryAsync(long at) => people.VerifyTwoFactorTokenAsync(anna, people.Options.Tokens.AuthenticatorTokenProvider, AppCode.Of(key, at));

        (await TryAsync(step)).ShouldBeTrue();
        (await TryAsync(step)).ShouldBeFalse("used up");
        (await TryAsync(step - 1)).ShouldBeFalse("older than one that was used");
        (await TryAsync(step + 1)).ShouldBeTrue("the next one");
        (await TryAsync(step + 3)).ShouldBeFalse("not yet");
    }

    [Theory]
    [InlineData(1111111111, "050471")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void the_codes_are_those_of_the_standard_with_one_step_to_each_side(long seconds, string code) // RFC 6238, appendix B, the last six digits
    {
        const string key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        var now = DateTimeOffset.FromUnixTimeSeconds(seconds);

        AppCode.StepOf(key, code, now).ShouldBe(seconds / 30);
        AppCode.StepOf(key, code, now.AddSeconds(30)).ShouldBe(seconds / 30);
        AppCode.StepOf(key, code, now.AddSeconds(-30)).ShouldBe(seconds / 30);
        AppCode.StepOf(key, code, now.AddSeconds(60)).ShouldBeNull();
        AppCode.StepOf(key, code, now.AddSeconds(-60)).ShouldBeNull();
    }

    private static long Step() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30;

    private async Task<IReadOnlyList<bool>> BeginAsync(Guid person, int times)
    {
        var counts = new List<bool>();
        for (var i = 0; i < times; i++)
            counts.Add(await Proofs.BeginAsync(person, CancellationToken.None));
        return counts;
    }
}
