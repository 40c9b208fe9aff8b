using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Association.Office.People.Data;

/// <summary>Identity's own manager, except that recovery codes have 80 random bits, because their digests are stored.</summary>
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
    protected override string CreateTwoFactorRecoveryCode() => ReadableCode.New(ReadableCode.Short);
}
