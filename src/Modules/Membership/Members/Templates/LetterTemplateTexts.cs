namespace Association.Membership.Members.Templates;

/// <summary>Marks the texts about letters to one member and their templates.</summary>
public sealed class LetterTemplateTexts;
