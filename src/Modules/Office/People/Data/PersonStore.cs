using Association.Platform.Data.PersonalLinks;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Association.Office.People.Data;

/// <summary>Identity's own store, except that recovery codes are kept as digests and used up by one statement.</summary>
internal sealed class PersonStore(IdentityDb db, TimeProvider clock, IdentityErrorDescriber errors) : UserOnlyStore<Person, IdentityDb, Guid>(db, errors)
{
    public override async Task ReplaceCodesAsync(Person user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        await CodesOf(user).ExecuteDeleteAsync(cancellationToken);
        Context.AddRange(recoveryCodes.Select(code => new RecoveryCode { PersonId = user.Id, CodeHash = ReadableCode.Digest(code) }));
    }

    public override async Task<bool> RedeemCodeAsync(Person user, string code, CancellationToken cancellationToken)
    {
        var (digest, now) = (ReadableCode.Digest(code), clock.GetUtcNow());
        return await CodesOf(user)
                .Where(c => c.CodeHash == digest && c.UsedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now), cancellationToken) == 1;
    }

    public override Task<int> CountCodesAsync(Person user, CancellationToken cancellationToken) =>
        CodesOf(user).CountAsync(c => c.UsedAt == null, cancellationToken);

    /// <summary>Uses a code of the app up, by one statement.</summary>
    /// <returns>False when it, or a newer one, was used before.</returns>
    public async Task<bool> UseUpAsync(Person user, long step, CancellationToken cancellationToken) =>
        await Context.Database.ExecuteSqlAsync(
            $"""
            insert into identity.last_code as c (person_id, step) values ({user.Id}, {step})
            on conflict (person_id) do update set step = excluded.step where c.step < excluded.step
            """,
            cancellationToken
        ) == 1;

    private IQueryable<RecoveryCode> CodesOf(Person user) => Context.Set<RecoveryCode>().Where(c => c.PersonId == user.Id);
}

/// <summary>One of ten; replaces the authenticator app once.</summary>
internal sealed class RecoveryCode
{
    public required Guid PersonId { get; init; }

    public required byte[] CodeHash { get; init; }

    public DateTimeOffset? UsedAt { get; init; }
}
