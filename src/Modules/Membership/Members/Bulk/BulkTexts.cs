namespace Association.Membership.Members.Bulk;

/// <summary>Marks the texts about what is done to many members at once for <c>IStringLocalizer</c>.</summary>
public sealed class BulkTexts;
