namespace Association.Office.Today;

/// <summary>Texts of the page <em>Heute</em>.</summary>
internal sealed class TodayTexts;
