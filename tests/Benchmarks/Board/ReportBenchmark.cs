using System.Diagnostics;
using System.IO.Compression;
using System.Security;
using System.Text;
using Association.Benchmarks.Membership;
using Association.Billing;
using Association.Board;
using Association.Board.Reports;
using Association.Events;
using Association.Membership;
using Association.Membership.Contracts;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Runs;
using Association.Platform.Data.Users;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging.Operation;
using Association.Platform.Web.Modules;
using Association.Testing;
using ClosedXML.Excel;
using Dapper;
using Npgsql;

namespace Association.Benchmarks.Board;

/// <summary>
/// The board's workbook of an association of 25,000 members whose dues of the year are charged, the half of them paid: from the question to the file's last
/// byte. Limit: a bare zip archive into which the same cells are written as XML, peer: ClosedXML, which writes the same cells without a style; both have
/// them in memory already. What the report may take at most is printed beside it, and what the execution of the run took, which grows with the members
/// as the report has to.
/// </summary>
internal sealed class ReportBenchmark : Benchmark
{
    private const int Rounds = 3;
    private static readonly int[] Sizes = [2_500, 25_000];
    private static readonly (double Seconds, double Megabytes) Allowed = (10, 300);
    private static readonly ComposeBoardReport Report = new(new DateOnly(2027, 1, 1), new DateOnly(2027, 12, 31));

    public override string Name => "report";

    public override async Task<Ratio> RunAsync()
    {
        Ratio? ratio = null;
        foreach (var members in Sizes)
            ratio = await RunAsync(members);
        return ratio!;
    }

    private static async Task<Ratio> RunAsync(int members)
    {
        await using var office = await TestOffice.CreateAsync(new MembershipModule(), new BillingModule(), new EventsModule(), new BoardModule());
        await using var connection = await office.Database.OpenConnectionAsync();
        await DuesYear.PrepareAsync(office, connection, members);
        var execute = await ExecuteAsync(office, connection);
        await PayAsync(connection);
        office.Clock.SetToday(new DateOnly(2027, 12, 15));

        var bus = office.As(Roles.Board).Bus;
        await bus.QueryAsync(Report with { From = new DateOnly(2024, 1, 1), To = new DateOnly(2024, 12, 31) }); // what the process needs at all
        var before = BeginPeak();
        var first = await TimeAsync(() => bus.QueryAsync(Report));
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var peak = process.PeakWorkingSet64;
        byte[] file = [];
        var spent = process.TotalProcessorTime;
        var ours = await MedianAsync(Rounds, async () => file = (await bus.QueryAsync(Report)).Bytes);
        Print($"{members:N0} members: the report, the first time", first);
        Print($"the report, median of {Rounds}; at most {Allowed.Seconds:0} s for the largest", ours);
        process.Refresh();
        Print("the report, processor time of this process", (process.TotalProcessorTime - spent) / (Rounds + 1));
        Print("execution of the run before", execute);
        Console.WriteLine(
            FormattableString.Invariant($"  memory: {before / 1e6:0} MB before, {peak / 1e6:0} MB at its peak, of which {Allowed.Megabytes:0} MB are allowed")
        );

        var sheets = Cells(file);
        var limit = await MedianAsync(Rounds, () => Task.Run(() => Bare(sheets)));
        Print($"bare zip archive, the same {sheets.Sum(s => s.Sum(r => r.Length)):N0} cells from memory", limit);
        var peer = await MedianAsync(Rounds, () => Task.Run(() => Unstyled(sheets)));
        Print("ClosedXML, the same cells from memory, unstyled", peer);
        return new Ratio(ours / limit, ours / peer);
    }

    private static async Task<TimeSpan> ExecuteAsync(TestOffice office, NpgsqlConnection connection)
    {
        await using (var system = office.As(Actor.System))
            foreach (var queue in await system.Bus.QueryAsync(new ListQueues()))
                if (queue.Queue.Contains("render", StringComparison.OrdinalIgnoreCase)) // documents have a benchmark of their own
                    await system.Bus.InvokeAsync(new PauseQueue(queue.Queue));
        await using var first = office.As("office");
        await using var second = office.As("office2");
        var code = await first.Bus.InvokeAsync<string>(new StartDuesRun(2027));
        var run = (await first.Bus.QueryAsync(new ReadDuesRun(code)))!.Run.Id;
        await first.Bus.InvokeAsync(new SubmitDuesRun(run));
        await second.Bus.InvokeAsync(new ApproveDuesRun(run));
        return await TimeAsync(async () =>
        {
            await second.Bus.InvokeAsync(new ExecuteDuesRun(run));
            await DuesYear.InvoicedAsync(connection, run);
        });
    }

    // Every second invoice is paid; every fiftieth member has a reduction.
    private static Task PayAsync(NpgsqlConnection connection) =>
        connection.ExecuteAsync(
            """
            set session_replication_role = replica; -- neither audit trail nor seals of invented payments
            create temp table paid as select gen_random_uuid() as id, i.id as invoice, i.account_id, i.amount from billing.invoice i where i.sequence % 2 = 0;
            insert into billing.posting (id, kind, booked_on, dated_on, invoice_id, text, posted_by)
              select id, 'payment', date '2027-02-01', date '2027-02-01', invoice, 'Zahlung', 'Benchmark' from paid;
            insert into billing.posting_line (posting_id, position, ledger_account, debit) select id, 1, 'bank', amount from paid;
            insert into billing.posting_line (posting_id, position, ledger_account, account_id, invoice_id, credit)
              select id, 2, 'receivables', account_id, invoice, amount from paid;
            insert into membership.dues_reduction (id, member_id, kind, percent, from_year, resolved_by, resolved_on)
              select gen_random_uuid(), id, 'resolution', case when number::int % 100 = 0 then 100 else 50 end, 2027, 'Vorstand', '2026-03-12'
                from membership.member where number::int % 50 = 0;
            set session_replication_role = origin;
            """,
            commandTimeout: 600
        );

    /// <summary>From here on the process's peak is counted anew (Linux); elsewhere it is that of the whole run.</summary>
    private static long BeginPeak()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux())
            File.WriteAllText("/proc/self/clear_refs", "5");
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static IReadOnlyList<IReadOnlyList<string[]>> Cells(byte[] file) =>
        [
            .. SpreadsheetReader
                .Read(
                    file,
                    "report.xlsx",
                    new SpreadsheetLimits
                    {
                        Bytes = int.MaxValue,
                        UnpackedBytes = int.MaxValue,
                        SharedTextBytes = int.MaxValue,
                        Rows = int.MaxValue,
                        Cells = int.MaxValue,
                    }
                )
                .Sheets.Select(s => (IReadOnlyList<string[]>)[.. s.Rows.Select(r => r.Cells.Select(c => c.Text).ToArray())]),
        ];

    private static void Bare(IReadOnlyList<IReadOnlyList<string[]>> sheets)
    {
        using var zip = new ZipArchive(Stream.Null, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var rows in sheets)
        {
            using var sheet = new StreamWriter(zip.CreateEntry("xl/worksheets/sheet.xml", CompressionLevel.Fastest).Open(), new UTF8Encoding(false), 1 << 16);
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
    }

    private static void Unstyled(IReadOnlyList<IReadOnlyList<string[]>> sheets)
    {
        using var book = new XLWorkbook();
        for (var number = 0; number < sheets.Count; number++)
        {
            var sheet = book.AddWorksheet($"Blatt {number + 1}");
            for (var row = 0; row < sheets[number].Count; row++)
            for (var column = 0; column < sheets[number][row].Length; column++)
                sheet.Cell(row + 1, column + 1).SetValue(sheets[number][row][column]);
        }
        using var file = new MemoryStream();
        book.SaveAs(file);
    }
}
