using Association.Membership.Contracts;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Preview;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Regulation.Simulation;

/// <summary>A simulation as a workbook: the sums by category, then every member, as the page shows them.</summary>
internal static class SimulationWorkbook
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(MembershipPages.Regulations + "/{number:int}/simulation.xlsx", DownloadAsync);

    [RequirePermission(DuesFeature.Read)]
    private static async Task<IResult> DownloadAsync(
        int number,
        int? year,
        string? values,
        string? category,
        string? sort,
        IMessageBus bus,
        TimeProvider clock,
        IStringLocalizer<RegulationTexts> texts,
        CancellationToken ct
    )
    {
        var query = new SimulateRegulation(
            number,
            year,
            SimulationAddress.Values(values),
            category is { Length: > 0 } ? category : null,
            sort is { Length: > 0 } ? sort : SimulateRegulation.ByDifference,
            Take: int.MaxValue
        );
        return await bus.QueryAsync(query, ct) is { } simulation
            ? Results.Stream(
                output => WriteAsync(output, simulation, clock.GetUtcNow(), texts, ct),
                SpreadsheetWriter.MediaType,
                texts["Simulation.File", simulation.Version.Number, simulation.Year] + ".xlsx"
            )
            : Results.NotFound();
    }

    private static async Task WriteAsync(
        Stream output,
        RegulationSimulation simulation,
        DateTimeOffset at,
        IStringLocalizer<RegulationTexts> texts,
        CancellationToken ct
    )
    {
        var language = DuesReading.Language;
        var sums = new SheetColumns<CategorySimulation>()
            .Text(texts["Column.Category"], c => c.Category.Length == 0 ? texts["Column.Sum"].Value : simulation.Names[c.Category])
            .WholeNumber(texts["Simulation.Members"], c => c.Members)
            .Money(texts["Simulation.Now"], c => c.Now)
            .Money(texts["Simulation.Then"], c => c.Then)
            .Money(texts["Simulation.Difference"], c => c.Difference)
            .WholeNumber(texts["Simulation.Higher"], c => c.Higher)
            .WholeNumber(texts["Simulation.Lower"], c => c.Lower)
            .WholeNumber(texts["Simulation.Missing"], c => c.Missing);
        var members = new SheetColumns<SimulatedMember>()
            .Text(texts["Column.Number"], m => m.Number)
            .Text(texts["Column.Member"], m => m.Name)
            .Text(texts["Column.Category"], m => simulation.Names[m.Category])
            .Text(texts["Rule.Measure"], m => m.Value is { } value ? StepTexts.Measure(value.Measure, language) : null)
            .WholeNumber(texts["Column.Value"], m => m.Value?.Value)
            .Date(texts["Column.AsOf"], m => m.Value?.AsOf)
            .Money(texts["Simulation.Now"], m => m.Now)
            .Money(texts["Simulation.Then"], m => m.Then)
            .Money(texts["Simulation.Difference"], m => m.Difference);
        using var writer = new SpreadsheetWriter(output, texts["Simulation.Title", simulation.Year], at);
        await writer.AddSheetAsync(texts["Simulation.ByCategory"], sums, simulation.Categories.Append(simulation.Total).ToAsyncEnumerable(), ct);
        await writer.AddSheetAsync(texts["Simulation.ByMember"], members, simulation.Members.ToAsyncEnumerable(), ct);
        await writer.FinishAsync(ct);
    }
}

/// <summary>The addresses of a simulation: what stands in the query.</summary>
internal static class SimulationAddress
{
    public const string Newest = "newest";
    public const string OfTheYear = "year";

    /// <summary>Which values were chosen; null: whichever fit.</summary>
    public static DuesValues? Values(string? chosen) =>
        chosen switch
        {
            Newest => DuesValues.Newest,
            OfTheYear => DuesValues.OfTheYear,
            _ => null,
        };

    public static string Of(DuesValues values) => values == DuesValues.Newest ? Newest : OfTheYear;
}
