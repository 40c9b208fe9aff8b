using Association.Events.Booking;
using Association.Events.Planning;
using Association.Testing;
using Xunit;

namespace Association.Events.Tests;

/// <summary>The tables of documents and streams are those that Marten works with.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task documents_and_streams_lie_in_the_tables_that_marten_would_make()
    {
        await using var office = await TestOffice.CreateAsync(EventsOffice.Modules);
        await office.Database.ShouldHoldTheDocumentsOfAsync(
            "events",
            options =>
            {
                PlanningFeature.Documents(options);
                BookingFeature.Documents(options);
            }
        );
    }
}
