using System.Diagnostics;
using Xunit;

namespace Association.Testing;

/// <summary>The text of a PDF as <c>pdftotext</c> reads it; skips visibly where poppler is not installed.</summary>
public static class PdfText
{
    /// <summary>Reads the text; keeps the file beside the tests under <c>documents</c>, to be looked at.</summary>
    public static async Task<string> OfAsync(byte[] pdf, string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "documents");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, name + ".pdf");
        await File.WriteAllBytesAsync(file, pdf);
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pdftotext", ["-layout", file, "-"]) { RedirectStandardOutput = true })!;
            var text = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return text.Replace('\u00a0', ' ');
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(true, "pdftotext (poppler-utils) is not installed");
            throw;
        }
    }
}
