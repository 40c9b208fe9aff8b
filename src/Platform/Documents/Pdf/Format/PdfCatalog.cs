namespace Association.Platform.Documents.Pdf.Format;

/// <summary>The objects at the root of every file we write.</summary>
internal static class PdfCatalog
{
    private static readonly byte[] CompressedProfile = PdfFile.Compressed(SrgbProfile.Bytes);

    /// <summary>Begins the catalog with what PDF/A-3B asks for; the caller adds its entries, closes the dictionary and ends the object.</summary>
    public static PdfSyntax Begin(PdfFile file, int catalog, int tree, PdfInformation information)
    {
        var profile = file.Reserve();
        file.WriteStream(profile, "/N 3/Filter/FlateDecode", CompressedProfile);
        var metadata = file.Reserve();
        file.Stream(metadata, "/Type/Metadata/Subtype/XML", information.ToXmp(), compress: false);
        return file.Begin(catalog)
            .Raw("<</Type/Catalog/Pages "u8)
            .Reference(tree)
            .Raw("/Metadata "u8)
            .Reference(metadata)
            .Raw("/Lang "u8)
            .Text(information.Language)
            .Raw("/ViewerPreferences<</DisplayDocTitle true>>"u8)
            .Raw("/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2-1)/Info(sRGB IEC61966-2-1)/DestOutputProfile "u8)
            .Reference(profile)
            .Raw(">>]"u8);
    }

    /// <summary>The list of pages; all are A4.</summary>
    public static void WritePages(PdfFile file, int tree, IReadOnlyCollection<int> pages)
    {
        var body = file.Begin(tree).Raw("<</Type/Pages/Count "u8).Whole(pages.Count).Raw("/Kids["u8);
        foreach (var page in pages)
            body.Reference(page).Raw(" "u8);
        body.Raw("]/MediaBox[0 0 595.276 841.89]>>"u8);
        file.End();
    }
}
