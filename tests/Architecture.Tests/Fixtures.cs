using Microsoft.AspNetCore.Components;

namespace Association.Architecture.Tests.Fixtures;

/// <summary>Breaks the rules on purpose: public, and no record.</summary>
public sealed class WorkingClass;

/// <summary>Breaks the rule on sealing on purpose.</summary>
internal class OpenClass;

/// <summary>Keeps the rule: addresses, and nothing that works.</summary>
public static class SomePages
{
    public const string All = "/office/things";

    public static string One(Guid id) => $"{All}/{id}";
}

/// <summary>Keeps the rule: its parameter has to be public.</summary>
public sealed class Part : ComponentBase
{
    [Parameter]
    public IReadOnlyList<Handed> Things { get; set; } = [];
}

public sealed record Handed(WithinHanded Within);

public sealed record WithinHanded(int Number);
