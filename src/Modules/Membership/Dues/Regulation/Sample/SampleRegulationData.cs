using Association.Membership.Data;
using Association.Platform.Web.Modules;

namespace Association.Membership.Dues.Regulation.Sample;

/// <summary>A new installation starts with the sample regulation, so that the calculator and the first run have something to work with.</summary>
internal sealed class SampleRegulationData(MembershipDb db) : IInitialData
{
    public int Order => 110;

    public async Task SeedAsync(CancellationToken ct)
    {
        if (!await Regulations.AnyAsync(db, ct))
            await Regulations.AddAsync(db, SampleRegulation.Read(), ct);
    }
}
