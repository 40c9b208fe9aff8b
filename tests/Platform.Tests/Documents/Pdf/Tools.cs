using System.Diagnostics;
using Xunit;

namespace Association.Platform.Tests.Documents.Pdf;

/// <summary>Runs the programs that judge a PDF from outside. Without them a test skips visibly, and fails where CI=true.</summary>
internal static class Tools
{
    /// <summary>What a program prints about a file.</summary>
    /// <param name="program">qpdf, pdffonts, pdftotext, pdftoppm, pdfdetach, zbarimg.</param>
    /// <param name="pdf">Written to a temporary file, which stands where the arguments say {pdf}.</param>
    /// <param name="arguments">May also name {dir}, a folder for what the program writes.</param>
    public static async Task<string> Run(string program, byte[] pdf, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("association-pdf-");
        try
        {
            var path = Path.Combine(folder.FullName, "file.pdf");
            await File.WriteAllBytesAsync(path, pdf);
            return await Start(
                program,
                [.. arguments.Select(a => a.Replace("{pdf}", path, StringComparison.Ordinal).Replace("{dir}", folder.FullName, StringComparison.Ordinal))]
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The bytes of the QR code on the first page; „binary“ because the scanner guesses an encoding otherwise.</summary>
    public static async Task<string> ReadQrCode(byte[] pdf)
    {
        Require("zbarimg");
        var folder = Directory.CreateTempSubdirectory("association-qr-");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "file.pdf"), pdf);
            await Start("pdftoppm", "-r", "150", "-png", Path.Combine(folder.FullName, "file.pdf"), Path.Combine(folder.FullName, "page"));
            return await Start("zbarimg", "--quiet", "--raw", "-Sbinary", Directory.GetFiles(folder.FullName, "*.png").Order(StringComparer.Ordinal).First());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> Start(string program, params string[] arguments)
    {
        Require(program);
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await error} {output}");
    }

    private static void Require(string program)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
        if (!found && Environment.GetEnvironmentVariable("CI") == "true")
            throw new InvalidOperationException($"{program} is missing: apt-get install poppler-utils qpdf zbar-tools");
        Skip.IfNot(found, $"{program} is not installed: apt-get install poppler-utils qpdf zbar-tools");
    }
}
