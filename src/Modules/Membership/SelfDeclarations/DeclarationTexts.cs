namespace Association.Membership.SelfDeclarations;

/// <summary>Marks the texts of self-declarations for <c>IStringLocalizer</c>.</summary>
public sealed class DeclarationTexts;
