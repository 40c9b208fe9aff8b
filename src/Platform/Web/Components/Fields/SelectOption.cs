namespace Association.Platform.Web.Components;

/// <summary>A choice of a <see cref="SelectField"/> or <see cref="RadioField"/>.</summary>
/// <param name="Value">What is posted.</param>
/// <param name="Text">What is shown.</param>
public sealed record SelectOption(string Value, string Text);
