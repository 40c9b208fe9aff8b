using System.Diagnostics;
using System.IO.Compression;
using System.Security;
using System.Text;
using Association.Billing;
using Association.Events;
using Association.Membership;
using Association.Membership.Members.List;
using Association.Membership.Members.List.Export;
using Association.Membership.Members.List.Filtering;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Association.Benchmarks.Membership;

/// <summary>
/// The member list of 100,000 with twelve columns as a workbook, from the database's answer to the last byte. Limit: a bare zip archive into which the same
/// cells are written as XML, peer: the streaming writer of the Open XML SDK; both have the rows in memory already and style nothing. Prints the most memory
/// that the process held meanwhile.
/// </summary>
internal sealed class ExportBenchmark : Benchmark
{
    private const int Rounds = 7;

    private static readonly ListMembers List = new(
        MemberFilter.All,
        Columns:
        [
            MemberColumn.Number,
            MemberColumn.Name,
            MemberColumn.Category,
            MemberColumn.Street,
            MemberColumn.PostalCode,
            MemberColumn.Town,
            MemberColumn.Joined,
            MemberColumn.Route,
            MemberColumn.Dues,
            MemberColumn.Status,
            MemberColumn.Email,
            MemberColumn.Phone,
        ]
    );

    public override string Name => "export";

    public override async Task<Ratio> RunAsync()
    {
        await using var office = await TestOffice.CreateAsync(new MembershipModule(), new BillingModule(), new EventsModule());
        await using (var connection = await office.Database.OpenConnectionAsync())
            await MemberListBenchmark.FillAsync(connection);
        var bus = office.As(Roles.Office).Bus;

        await bus.QueryAsync(new ExportMembers(List with { Filter = new MemberFilter(Town: "Nirgends") }, Stream.Null)); // what the process needs at all: the mapper's model, compiled code
        var before = BeginPeak();
        var (ours, ourWork) = await WorkAsync(() => bus.QueryAsync(new ExportMembers(List, Stream.Null)));
        Print($"{MemberListBenchmark.Members} members, {List.Columns!.Count} columns", ours);
        using (var process = Process.GetCurrentProcess())
            Console.WriteLine(
                FormattableString.Invariant($"  memory: {before / 1e6:0} MB after an export of nobody, {process.PeakWorkingSet64 / 1e6:0} MB at its peak")
            );

        var rows = await RowsAsync(bus);
        var (limit, limitWork) = await WorkAsync(() => Task.Run(() => Bare(rows)));
        Print("bare zip archive, the same cells from memory", limit);
        Console.WriteLine(
            FormattableString.Invariant(
                $"  processor time of this process: {ourWork.TotalMilliseconds:0} ms, bare zip {limitWork.TotalMilliseconds:0} ms ({ourWork / limitWork:0.0})"
            )
        );
        var peer = await MedianAsync(Rounds, () => Task.Run(() => OpenXml(rows)));
        Print("OpenXmlWriter, the same cells from memory", peer);
        return new Ratio(ours / limit, ours / peer);
    }

    /// <summary>The medians of some rounds: time, and processor time of this process, which a busy machine does not lengthen as much.</summary>
    private static async Task<(TimeSpan Time, TimeSpan Work)> WorkAsync(Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var (times, spent) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = -2; round < Rounds; round++) // the first two do not count
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            var time = await TimeAsync(work);
            process.Refresh();
            if (round < 0)
                continue;
            times.Add(time);
            spent.Add(process.TotalProcessorTime - before);
        }
        return (times.Order().ElementAt(Rounds / 2), spent.Order().ElementAt(Rounds / 2));
    }

    /// <summary>From here on the process's peak is counted anew (Linux); elsewhere it is that of the whole run.</summary>
    private static long BeginPeak()
    {
        GC.Collect();
        if (OperatingSystem.IsLinux())
            File.WriteAllText("/proc/self/clear_refs", "5");
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static async Task<IReadOnlyList<string[]>> RowsAsync(IMessageBus bus)
    {
        using var file = new MemoryStream();
        await bus.QueryAsync(new ExportMembers(List, file));
        var sheet = SpreadsheetReader
            .Read(
                file.ToArray(),
                "members.xlsx",
                new SpreadsheetLimits
                {
                    Bytes = int.MaxValue,
                    Rows = 2 * MemberListBenchmark.Members,
                    Cells = int.MaxValue,
                }
            )
            .Sheets[0];
        return [.. sheet.Rows.Select(r => r.Cells.Select(c => c.Text).ToArray())];
    }

    private static void Bare(IReadOnlyList<string[]> rows)
    {
        using var zip = new ZipArchive(Stream.Null, ZipArchiveMode.Create, leaveOpen: true);
        using var sheet = new StreamWriter(zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open(), new UTF8Encoding(false), 1 << 16);
        sheet.Write("<worksheet><sheetData>");
        foreach (var row in rows)
        {
            sheet.Write("<row>");
            foreach (var cell in row)
            {
                sheet.Write("<c t=\"inlineStr\"><is><t>");
                sheet.Write(SecurityElement.Escape(cell));
                sheet.Write("</t></is></c>");
            }
            sheet.Write("</row>");
        }
        sheet.Write("</sheetData></worksheet>");
    }

    private static void OpenXml(IReadOnlyList<string[]> rows)
    {
        using var file = new MemoryStream();
        using var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook);
        var part = document.AddWorkbookPart().AddNewPart<WorksheetPart>();
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteStartElement(new SheetData());
        foreach (var row in rows)
        {
            writer.WriteStartElement(new Row());
            foreach (var cell in row)
                writer.WriteElement(new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(cell)) });
            writer.WriteEndElement();
        }
        writer.WriteEndElement();
        writer.WriteEndElement();
    }
}
