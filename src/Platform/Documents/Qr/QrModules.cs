using System.Collections;
using QRCoder;

namespace Association.Platform.Documents.Qr;

/// <summary>The dark modules of a QR code with error correction M.</summary>
internal static class QrModules
{
    private const int QuietZone = 4;

    /// <summary>Row by row, without the quiet zone: leave four modules of white around it.</summary>
    public static IReadOnlyList<BitArray> Of(byte[] content)
    {
        using var code = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.M);
        var all = code.ModuleMatrix;
        var side = all.Count - 2 * QuietZone;
        return [.. all.Skip(QuietZone).Take(side).Select(row => Inner(row, side))];
    }

    private static BitArray Inner(BitArray row, int side)
    {
        var inner = new BitArray(side);
        for (var column = 0; column < side; column++)
            inner[column] = row[column + QuietZone];
        return inner;
    }
}
