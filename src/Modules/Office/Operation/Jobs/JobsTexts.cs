namespace Association.Office.Operation.Jobs;

/// <summary>Marks the texts beside it (JobsTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class JobsTexts;
