namespace Association.Host.Installations;

/// <summary>How the program was called.</summary>
/// <param name="DataFolder">Absolute.</param>
/// <param name="Login">Who acts; null when nobody was named.</param>
/// <param name="Today">The business date to act on; null is the real one.</param>
/// <param name="Json">Whether standard output is for a program.</param>
internal sealed record Invocation(string DataFolder, string? Login, DateOnly? Today, bool Json);
