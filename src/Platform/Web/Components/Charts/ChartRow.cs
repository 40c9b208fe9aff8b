namespace Association.Platform.Web.Components;

/// <summary>A bar of a chart.</summary>
/// <param name="Name">Short.</param>
/// <param name="Now">This period.</param>
/// <param name="Before">The last period.</param>
public sealed record ChartRow(string Name, decimal Now, decimal? Before = null);
