namespace Association.Platform.Documents;

/// <summary>Texts of documents: what is wrong with an uploaded file, the words a letter sets by itself.</summary>
public sealed class DocumentsTexts;
