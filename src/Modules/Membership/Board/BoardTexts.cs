namespace Association.Membership.Board;

/// <summary>Texts of this module's sheets in the board's workbook.</summary>
public sealed class BoardTexts;
