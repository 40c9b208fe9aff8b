using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Association.Benchmarks.Messaging;
using Association.Billing;
using Association.Billing.Data;
using Association.Billing.Sending;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Migrations;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Documents.Archive;
using Association.Platform.Mail.Outgoing;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MimeKit;
using Npgsql;

namespace Association.Benchmarks.Billing;

/// <summary>
/// Invoices with an archived PDF of 25 KB each leave as the office sends them: found waiting, noted with their mails, claimed, told to a server, and their end
/// written, every commit on the disk. The limit and peer is MailKit alone: the same mails, from memory, to the same server over as many connections, and nobody
/// knows afterwards what became of them. The server answers at once, so that nothing but the sender's own work counts; and once more after ten milliseconds,
/// as one in another house does.
/// </summary>
internal abstract class MailsBenchmark(string name, TimeSpan answerAfter) : Benchmark
{
    private const int PdfBytes = 25 * 1024;
    private const int ChunkSize = 200;

    private static int Mails { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("ASSOCIATION_BENCH_MAILS"), NumberStyles.None, CultureInfo.InvariantCulture, out var fewer)
            ? fewer
            : 5_000;

    public override string Name => name;

    public override async Task<Ratio> RunAsync()
    {
        var membership = new Charged(Mails, ChunkSize);
        await using var postgres = await OwnServer.StartAsync(new Dictionary<string, string>());
        await using var server = new TakingServer(answerAfter);
        await using var office = await OpenAsync(postgres, membership);
        var pdfs = await IssueAsync(office, membership);
        await SetServerAsync(office, server.Port);

        await AloneAsync(server, [.. pdfs.Take(Mails / 10)]); // compiled
        var alone = Mails / (await TimeAsync(() => AloneAsync(server, pdfs))).TotalSeconds;
        var taken = server.Taken;
        var conversations = server.Conversations;
        var sent = TimeSpan.Zero;
        var ours = Mails / (sent = await SendAsync(office, server)).TotalSeconds;
        Console.WriteLine(FormattableString.Invariant($"  {Mails:N0} mails with a PDF of 25 KB each, {SendMailHandler.Conversations} conversations at a time"));
        Print("the office: handed over, taken, and proved", sent);
        Console.WriteLine(FormattableString.Invariant($"  the office: {ours:0} mails a second, in {server.Conversations - conversations} conversations"));
        Console.WriteLine(FormattableString.Invariant($"  MailKit alone: {alone:0} mails a second"));
        if (server.Taken - taken != Mails)
            throw new InvalidOperationException($"{server.Taken - taken} of {Mails} mails arrived.");
        return new Ratio(ours / alone, ours / alone);
    }

    private static async Task<ServiceProvider> OpenAsync(OwnServer postgres, Charged membership)
    {
        var configuration = new ConfigurationManager { ["ConnectionStrings:Association"] = postgres.ConnectionString };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddAssociationPlatform(configuration);
        services.AddAssociationModules(configuration, membership, new BillingModule());
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<MigrationRunner>().MigrateAsync(CancellationToken.None);
        return provider;
    }

    // The documents are files of the right size, not PDFs: making those is another benchmark's.
    private static async Task<ReadOnlyMemory<byte>[]> IssueAsync(ServiceProvider office, Charged membership)
    {
        await office.GetRequiredService<IAssociationProfiles>().SaveAsync(Charged.Profile, CancellationToken.None);
        Guid work;
        await using (var scope = office.CreateAsyncScope())
            work = await scope
                .ServiceProvider.GetRequiredService<LongWorkLog>()
                .StartAsync(
                    scope.ServiceProvider.GetRequiredService<BillingDb>(),
                    "bench",
                    StoredText.Of<BillingTexts>("Benchmark"),
                    "/",
                    Mails,
                    "Benchmark",
                    CancellationToken.None
                );
        for (var chunk = 1; chunk <= Mails / ChunkSize; chunk++)
            await InvokeAsync(office, bus => bus.InvokeAsync(new ChargesRaised(membership.Run, chunk, work)));

        await using var connection = await office.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        var invoices = (await connection.QueryAsync<(Guid Id, string Number)>("select id, number from billing.invoice order by number")).AsList();
        var pdfs = new List<ReadOnlyMemory<byte>>(Mails);
        foreach (var some in invoices.Chunk(100))
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var files = some.Select(i => ArchivedFile.New(i.Number + ".pdf", "application/pdf", RandomNumberGenerator.GetBytes(PdfBytes))).ToList();
            pdfs.AddRange(files.Select(f => f.Bytes));
            await FileArchive.AddAsync(connection, files, CancellationToken.None);
            await connection.ExecuteAsync(
                "insert into billing.invoice_document (invoice_id, archive_file_id) select * from unnest(@invoices, @files)",
                new { invoices = some.Select(i => i.Id).ToArray(), files = files.Select(f => f.Id).ToArray() }
            );
            await transaction.CommitAsync();
        }
        await connection.ExecuteAsync("vacuum analyze");
        return [.. pdfs];
    }

    private static async Task SetServerAsync(ServiceProvider office, int port)
    {
        var rules = office.GetRequiredService<IOfficeRules>();
        await using var connection = await office.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        var mail = new MailRules
        {
            Server = "127.0.0.1",
            Port = port,
            Security = MailSecurity.Plain,
            SenderName = Charged.Profile.Name,
            SenderAddress = Charged.Profile.Email,
        };
        await rules.SaveAsync(connection, await rules.CurrentAsync(connection, CancellationToken.None) with { Mail = mail }, CancellationToken.None);
    }

    // From the button until the last proof.
    private static async Task<TimeSpan> SendAsync(ServiceProvider office, TakingServer server)
    {
        foreach (var hosted in office.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
        await using var connection = await office.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        while (await connection.ExecuteScalarAsync<bool>("select exists (select from messaging.message)"))
            await Task.Delay(20); // what issuing asked for finds its documents made
        var (before, start) = (server.Taken, Stopwatch.GetTimestamp());
        await InvokeAsync(office, bus => bus.InvokeAsync<BegunSending>(new SendDocuments(null, Mails, 0)));
        while (server.Taken < before + Mails)
            await Task.Delay(10);
        while (await connection.ExecuteScalarAsync<bool>("select exists (select from mail.outgoing_mail where state <> 'sent')"))
            await Task.Delay(10);
        var time = Stopwatch.GetElapsedTime(start);
        var proved = await connection.ExecuteScalarAsync<long>("select count(*) from billing.delivery where state = 'accepted'");
        foreach (var hosted in office.GetServices<IHostedService>().Reverse())
            await hosted.StopAsync(CancellationToken.None);
        return proved == Mails ? time : throw new InvalidOperationException($"{proved} of {Mails} proofs.");
    }

    private static Task AloneAsync(TakingServer server, IReadOnlyList<ReadOnlyMemory<byte>> pdfs)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, SendMailHandler.Conversations).Select(_ => Task.Run(TalkAsync)));

        async Task TalkAsync()
        {
            using var client = new SmtpClient();
            // As the office does: with Nagle's delay, which MailKit leaves on, every mail would wait 40 ms for the server's acknowledgement.
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, server.Port);
            await client.ConnectAsync(new NetworkStream(socket, ownsSocket: true), "127.0.0.1", server.Port, SecureSocketOptions.None);
            for (var n = Interlocked.Increment(ref next); n < pdfs.Count; n = Interlocked.Increment(ref next))
                await client.SendAsync(Message(n, pdfs[n].ToArray()));
            await client.DisconnectAsync(quit: true);
        }
    }

    private static MimeMessage Message(int n, byte[] pdf)
    {
        var builder = new BodyBuilder { TextBody = $"Guten Tag,\n\nanbei erhalten Sie die Rechnung BR-2026-{n:00000}.\n\nMit freundlichen Grüßen" };
        builder.Attachments.Add($"BR-2026-{n:00000}.pdf", pdf, new ContentType("application", "pdf"));
        var message = new MimeMessage { Subject = $"Rechnung BR-2026-{n:00000}", Body = builder.ToMessageBody() };
        message.From.Add(new MailboxAddress(Charged.Profile.Name, Charged.Profile.Email));
        message.To.Add(new MailboxAddress($"Krankenhaus Nummer {n} gGmbH", "post@example.org"));
        return message;
    }

    private static async Task InvokeAsync(ServiceProvider office, Func<IMessageBus, Task> act)
    {
        await using var scope = office.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = Actor.System;
        await act(scope.ServiceProvider.GetRequiredService<IMessageBus>());
    }
}

internal sealed class MailsAtOnceBenchmark() : MailsBenchmark("mails", TimeSpan.Zero);

internal sealed class MailsElsewhereBenchmark() : MailsBenchmark("mails-elsewhere", TimeSpan.FromMilliseconds(10));
