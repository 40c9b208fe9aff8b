namespace Association.Architecture.Tests.Fixtures;

/// <summary>Breaks the rules on purpose: public, and no record.</summary>
public sealed class WorkingClass;

/// <summary>Breaks the rule on sealing on purpose.</summary>
internal class OpenClass;
