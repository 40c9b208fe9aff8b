using Association.Platform.Data.PersonalLinks;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Association.Office.People.Data;

/// <summary>
/// Identity's own manager, except that recovery codes have 80 random bits, because their digests are stored, and that a code of the app opens once: whoever
/// looked over a shoulder comes too late. Page and command line ask here.
/// </summary>
internal sealed class PeopleManager(
    IUserStore<Person> store,
    IOptions<IdentityOptions> options,
    IPasswordHasher<Person> hasher,
    IEnumerable<IUserValidator<Person>> users,
    IEnumerable<IPasswordValidator<Person>> passwords,
    ILookupNormalizer names,
    IdentityErrorDescriber errors,
    IServiceProvider services,
    ILogger<UserManager<Person>> log
) : UserManager<Person>(store, options, hasher, users, passwords, names, errors, services, log)
{
    public override async Task<bool> VerifyTwoFactorTokenAsync(Person user, string tokenProvider, string token)
    {
        if (tokenProvider != Options.Tokens.AuthenticatorTokenProvider)
            return await base.VerifyTwoFactorTokenAsync(user, tokenProvider, token);
        // The app's clock is the real one, whatever day a demo plays.
        return await GetAuthenticatorKeyAsync(user) is { Length: > 0 } key
            && AppCode.StepOf(key, token, TimeProvider.System.GetUtcNow()) is { } step
            && await ((PersonStore)Store).UseUpAsync(user, step, CancellationToken);
    }

    protected override string CreateTwoFactorRecoveryCode() => ReadableCode.New(ReadableCode.ForRecovery);
}
