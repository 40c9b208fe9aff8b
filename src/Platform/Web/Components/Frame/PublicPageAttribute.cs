namespace Association.Platform.Web.Components;

/// <summary>Marks a page that stands on the public site, not in the office; who may open it is said beside it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublicPageAttribute : Attribute;
