namespace Association.Platform.Web.Lists;

/// <summary>Something that can be done with many rows of a list at once.</summary>
/// <param name="Href">Its address, without query.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Text">What the button says.</param>
public sealed record BulkChoice(string Href, string Icon, string Text);
