using Association.Membership.Data;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation.Versions;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;
using Association.Platform.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Regulation.Approval;

/// <summary>The second signature: the version holds from its first day on, the one before it ends the day before. Once given, a repetition does
/// nothing.</summary>
/// <param name="Regulation">The version.</param>
/// <param name="SeenVersion">What the person looked at.</param>
[Permission(DuesFeature.Approve)]
internal sealed record PutRegulationInForce(DuesRegulationId Regulation, uint SeenVersion) : ICommand;

internal static class PutRegulationInForceHandler
{
    public static async Task<Succession> LoadAsync(PutRegulationInForce command, MembershipDb db, CancellationToken ct)
    {
        // Versions come into force one after the other, and no run is submitted meanwhile: whoever submits one holds its row.
        await db.OneAtATimeAsync("membership.dues_regulation", ct);
        await db.Database.ExecuteSqlAsync($"select from membership.dues_run order by id for update", ct);
        var version = await RegulationVersions.LockAsync(db, command.Regulation, ct);
        if (version is null)
            return new Succession(null, [], []);
        var touched = await db.Set<RegulationVersion>()
            .Where(v =>
                v.State == RegulationState.InForce
                && v.Id != version.Id
                && (v.ValidTo == null || v.ValidTo >= version.ValidFrom)
                && (version.ValidTo == null || v.ValidFrom <= version.ValidTo)
            )
            .OrderBy(v => v.ValidFrom)
            .ToListAsync(ct);
        var charged = await DuesReading.QueryAsync<ChargedYear>(
            db,
            """
            select r.year as "Year", r.number as "Run", g.id as "RegulationId", g.number as "Regulation"
              from membership.dues_run r join membership.dues_regulation g on g.id = r.regulation_id
             where r.kind = 'annual' and make_date(r.year, 1, 1) <@ daterange(@from::date, @to::date, '[]') and g.id = any (@touched)
               and exists (select from membership.charge c where c.run_id = r.id and c.kind = 'annual' and c.voided_at is null)
             order by r.year, r.number
            """,
            new
            {
                from = version.ValidFrom.ToDateTime(TimeOnly.MinValue),
                to = version.ValidTo?.ToDateTime(TimeOnly.MinValue),
                touched = touched.Select(v => v.Id.Value).ToArray(),
            },
            ct
        );
        return new Succession(version, touched, charged);
    }

    public static IReadOnlyList<Problem> Validate(PutRegulationInForce command, Succession found, FourEyes four, IStringLocalizer<RegulationTexts> texts)
    {
        if (found.Version is not { } version)
            return [new("", texts["Problem.VersionGone"])];
        if (version.State is RegulationState.InForce or RegulationState.Replaced)
            return [];
        if (version.State == RegulationState.Draft)
            return [new("", texts["Problem.NotSubmitted", version.Number])];
        if (four.Obstacle(version.Approval) is { } obstacle)
            return [obstacle];
        if (version.Version != command.SeenVersion)
            throw new ConcurrentEditException(texts["Problem.ChangedSinceSeen"]);
        var problems = new List<Problem>();
        if (found.Touched.FirstOrDefault(v => v.ValidFrom > version.ValidFrom) is { } later)
            problems.Add(new("", texts["Problem.LaterVersion", Formats.Of(later.ValidFrom), later.Number, Formats.Of(later.ValidFrom.AddDays(-1))]));
        problems.AddRange(found.Charged.Select(c => new Problem("", texts["Problem.Charged", c.Year, c.Regulation, $"{c.Year}-{c.Run}"])));
        return problems;
    }

    public static async Task HandleAsync(PutRegulationInForce command, Succession found, MembershipDb db, FourEyes four, CancellationToken ct)
    {
        var version = found.Version!;
        if (version.State != RegulationState.Submitted)
            return;
        foreach (var before in found.Touched)
            before.EndBefore(version.ValidFrom);
        await db.SaveChangesAsync(ct); // two versions never hold on the same day, not even within the transaction
        four.Approve(version.Approval);
        version.PutInForce();
    }
}

/// <summary>What a version meets when it comes into force.</summary>
/// <param name="Version">It; null when it is gone.</param>
/// <param name="Touched">Versions in force that hold on days on which it shall hold.</param>
/// <param name="Charged">Years of its validity that are charged under one of them.</param>
internal sealed record Succession(RegulationVersion? Version, IReadOnlyList<RegulationVersion> Touched, IReadOnlyList<ChargedYear> Charged);

/// <summary>A dues year with live charges.</summary>
internal sealed record ChargedYear(int Year, int Run, Guid RegulationId, int Regulation);
