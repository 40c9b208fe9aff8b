namespace Association.Office.People.SecondFactors;

/// <summary>Marks the texts beside it for <c>IStringLocalizer</c>.</summary>
internal sealed class SecondFactorTexts;
