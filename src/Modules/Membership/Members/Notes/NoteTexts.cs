namespace Association.Membership.Members.Notes;

/// <summary>Marks the texts about notes and files.</summary>
public sealed class NoteTexts;
