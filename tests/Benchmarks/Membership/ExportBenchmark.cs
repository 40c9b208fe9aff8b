using System.Diagnostics;
using System.IO.Compression;
using Association.Billing;
using Association.Membership;
using Association.Membership.Members.List;
using Association.Platform.Web.Modules;
using Association.Testing;

namespace Association.Benchmarks.Membership;

/// <summary>
/// The member list of 100,000 with twelve columns as a workbook, from the database's answer to the last byte, against a bare zip archive that writes the
/// same XML from memory. Prints the most memory that the process held by then.
/// </summary>
internal sealed class ExportBenchmark : Benchmark
{
    private const int Rounds = 3;

    private static readonly ListMembers List = new(MemberFilter.All, Columns:
    [
        MemberColumn.Number, MemberColumn.Name, MemberColumn.Category, MemberColumn.Street, MemberColumn.PostalCode, MemberColumn.Town,
        MemberColumn.Joined, MemberColumn.Route, MemberColumn.Dues, MemberColumn.Status, MemberColumn.Email, MemberColumn.Phone,
    ]);

    public override string Name => "export";

    public override async Task<Ratio> RunAsync()
    {
        await using var office = await TestOffice.CreateAsync(new MembershipModule(), new BillingModule());
        await using (var connection = await office.Database.OpenConnectionAsync()) await MemberListBenchmark.FillAsync(connection);
        var bus = office.As(Roles.Office).Bus;

        var before = Process.GetCurrentProcess().WorkingSet64;
        var ours = await MedianAsync(Rounds, () => bus.QueryAsync(new ExportMembers(List, Stream.Null)));
        using var process = Process.GetCurrentProcess();
        Print($"{MemberListBenchmark.Members} members, {List.Columns!.Count} columns", ours);
        Console.WriteLine(FormattableString.Invariant($"  memory: {before / 1e6:0} MB before, {process.PeakWorkingSet64 / 1e6:0} MB at its peak"));

        var xml = await SheetAsync(bus);
        var limit = await MedianAsync(Rounds, () => BareAsync(xml));
        Print(FormattableString.Invariant($"bare zip archive of the same {xml.Length / 1e6:0} MB of XML"), limit);
        return new Ratio(ours / limit);
    }

    private static async Task<byte[]> SheetAsync(Platform.Messaging.IMessageBus bus)
    {
        var file = new MemoryStream();
        await bus.QueryAsync(new ExportMembers(List, file));
        using var zip = new ZipArchive(file);
        using var sheet = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        var xml = new MemoryStream();
        await sheet.CopyToAsync(xml);
        return xml.ToArray();
    }

    private static async Task BareAsync(byte[] xml)
    {
        using var zip = new ZipArchive(Stream.Null, ZipArchiveMode.Create, leaveOpen: true);
        await using var entry = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
        for (var at = 0; at < xml.Length; at += 64 * 1024) await entry.WriteAsync(xml.AsMemory(at, Math.Min(64 * 1024, xml.Length - at)));
    }
}
