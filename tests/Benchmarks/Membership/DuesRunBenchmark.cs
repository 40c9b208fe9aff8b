using Association.Billing;
using Association.Events;
using Association.Membership;
using Association.Membership.Contracts;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Runs;
using Association.Platform.Data.Users;
using Association.Platform.Messaging.Operation;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Npgsql;

namespace Association.Benchmarks.Membership;

/// <summary>
/// A dues run for 100,000 members, preview, submission and execution down to numbered, posted invoices (without PDFs), against binary COPY
/// of the very rows that it writes into tables with the same indexes.
/// </summary>
internal sealed class DuesRunBenchmark : Benchmark
{
    private const int Members = 100_000;
    private const int Rounds = 3;
    private static readonly string[] Charges = ["membership.charge"];
    private static readonly string[] Books =
    [
        "membership.charge",
        "billing.account",
        "billing.invoice",
        "billing.invoice_line",
        "billing.posting",
        "billing.posting_line",
    ];

    public override string Name => "dues";

    public override async Task<Ratio> RunAsync()
    {
        await using var office = await TestOffice.CreateAsync(new MembershipModule(), new BillingModule(), new EventsModule());
        await using var connection = await office.Database.OpenConnectionAsync();
        await DuesYear.PrepareAsync(office, connection, Members);

        await using var first = office.As("office");
        await using var second = office.As("office2");
        var preview = await MedianAsync(Rounds, () => first.Bus.QueryAsync(new PreviewDuesRun(2027)));
        Print("preview", preview);

        var code = await first.Bus.InvokeAsync<string>(new StartDuesRun(2027));
        var run = (await first.Bus.QueryAsync(new ReadDuesRun(code)))!.Run.Id;
        var submits = new List<TimeSpan>();
        for (var i = 0; i <= Rounds; i++)
        {
            if (i > 0)
                await first.Bus.InvokeAsync(new WithdrawDuesRun(run));
            submits.Add(await TimeAsync(() => first.Bus.InvokeAsync(new SubmitDuesRun(run))));
        }
        var submit = submits.Skip(1).Order().ElementAt(Rounds / 2);
        Print("submit: charges frozen", submit);
        var charges = await CopyAsync(connection, Charges);
        Print("COPY of the charges", charges);
        await second.Bus.InvokeAsync(new ApproveDuesRun(run));

        await PauseRenderingAsync(office);
        var execute = await TimeAsync(() => ExecuteAsync(second, connection, run));
        Print("execute: invoices numbered and posted, no PDFs", execute);
        var books = await CopyAsync(connection, Books);
        Print("COPY of charges, accounts, invoices, lines, postings", books);
        Console.WriteLine(
            FormattableString.Invariant(
                $"  preview + submit {(preview + submit) / charges:0.00} times, all with execution {(preview + submit + execute) / books:0.00} times the COPY of the same rows"
            )
        );
        return new Ratio((preview + submit + execute) / books);
    }

    private static async Task ExecuteAsync(OfficeScope scope, NpgsqlConnection connection, DuesRunId run)
    {
        await scope.Bus.InvokeAsync(new ExecuteDuesRun(run));
        await DuesYear.InvoicedAsync(connection, run);
    }

    // PDFs have a benchmark of their own.
    private static async Task PauseRenderingAsync(TestOffice office)
    {
        await using var system = office.As(Actor.System);
        foreach (var queue in await system.Bus.QueryAsync(new ListQueues()))
            if (queue.Queue.Contains("render", StringComparison.OrdinalIgnoreCase))
                await system.Bus.InvokeAsync(new PauseQueue(queue.Queue));
    }

    // The rows as the server's own binary format, so that nothing but storing them is measured.
    private static async Task<TimeSpan> CopyAsync(NpgsqlConnection connection, IReadOnlyList<string> tables)
    {
        var rows = new List<(string Into, byte[] Bytes)>();
        foreach (var table in tables)
        {
            var copy = $"copy_of_{table.Replace('.', '_')}";
            await connection.ExecuteAsync(
                $"drop table if exists {copy}; create table {copy} (like {table} including indexes including constraints including defaults including generated)"
            );
            using var buffer = new MemoryStream();
            var columns = await connection.ExecuteScalarAsync<string>(
                "select string_agg(attname, ', ' order by attnum) from pg_attribute where attrelid = @table::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
                new { table }
            );
            await using (var reader = await connection.BeginRawBinaryCopyAsync($"copy (select {columns} from {table}) to stdout (format binary)"))
                await reader.CopyToAsync(buffer);
            rows.Add(($"{copy} ({columns})", buffer.ToArray()));
        }
        return await MedianAsync(
            Rounds,
            async () =>
            {
                await connection.ExecuteAsync($"truncate {string.Join(", ", rows.Select(r => r.Into.Split(' ')[0]))}");
                foreach (var (into, bytes) in rows)
                {
                    await using var writer = await connection.BeginRawBinaryCopyAsync($"copy {into} from stdin (format binary)");
                    await writer.WriteAsync(bytes);
                }
            }
        );
    }
}
