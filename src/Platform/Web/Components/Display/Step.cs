namespace Association.Platform.Web.Components;

/// <summary>A step of a path.</summary>
/// <param name="Title">What happens in it.</param>
/// <param name="Note">One short fact.</param>
/// <param name="State">Behind, here or ahead.</param>
public sealed record Step(string Title, string Note, StepState State);
