using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Regulation.Approval;
using Association.Membership.Dues.Regulation.Editing;
using Association.Membership.Dues.Regulation.Versions;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;

namespace Association.Membership.Tests.Dues.Regulation;

/// <summary>What tests of the regulation do again and again: the sample of 2027 is version 1 and in force.</summary>
internal static class RegulationOffice
{
    /// <summary>A draft with the rules of version 1, valid from 1 January of a year.</summary>
    public static async Task<RegulationView> DraftAsync(this DuesOffice dues, int year = 2028, int? copyOf = 1)
    {
        await using var scope = dues.Office.As("office");
        return await dues.VersionAsync(await scope.Bus.InvokeAsync<int>(new StartRegulation(new DateOnly(year, 1, 1), copyOf)));
    }

    public static async Task<RegulationView> VersionAsync(this DuesOffice dues, int number)
    {
        await using var scope = dues.Office.As("board");
        return (await scope.Bus.QueryAsync(new ReadRegulation(number)))!;
    }

    public static async Task<T> AskAsync<T>(this DuesOffice dues, IQuery<T> query)
    {
        await using var scope = dues.Office.As("board");
        return await scope.Bus.QueryAsync(query);
    }

    /// <summary>Sets a rule as the page would: with the state of the rule that the view shows.</summary>
    public static Task SaveAsync(this DuesOffice dues, RegulationView seen, DuesRule rule, string who = "office") =>
        dues.InvokeAsync(who, new SaveRule(seen.Version.Id, seen.Rules.GetValueOrDefault(rule.Category)?.Version ?? 0, rule));

    public static async Task ResolveAsync(this DuesOffice dues, int number, string on = "2026-11-12")
    {
        var version = (await dues.VersionAsync(number)).Version;
        await dues.InvokeAsync(
            "office",
            new EditRegulation(
                version.Id,
                version.Version,
                RegulationTerms.Of(version) with
                {
                    ResolvedBy = "Mitgliederversammlung",
                    ResolvedOn = DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture),
                    Resolution = "TOP 6",
                }
            )
        );
    }

    /// <summary>Resolved, submitted by one person, put in force by the other.</summary>
    public static async Task PutInForceAsync(this DuesOffice dues, int number)
    {
        await dues.ResolveAsync(number);
        await dues.InvokeAsync("office", new SubmitRegulation((await dues.VersionAsync(number)).Version.Id));
        var submitted = (await dues.VersionAsync(number)).Version;
        await dues.InvokeAsync("office2", new PutRegulationInForce(submitted.Id, submitted.Version));
    }

    public static BandRule Hospitals(params (int From, int? To, decimal Amount)[] bands) =>
        new("hospital", "beds", [.. bands.Select(b => new DuesBand(b.From, b.To, new Money(b.Amount)))]);
}
