namespace Association.Membership.Members.Letters;

/// <summary>Marks the texts about letters to many members, and the words in those letters, for <c>IStringLocalizer</c>.</summary>
public sealed class SerialLetterTexts;
