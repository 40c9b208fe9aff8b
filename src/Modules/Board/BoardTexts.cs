namespace Association.Board;

/// <summary>Texts of the board's workbook and its page.</summary>
public sealed class BoardTexts;
