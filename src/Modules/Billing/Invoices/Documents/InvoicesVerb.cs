using System.CommandLine;
using System.Security.Cryptography;
using Association.Billing.Invoices.Browsing;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Documents;

/// <summary><c>invoices --out DIR</c>: writes the archived PDFs, a file a number; what lies there byte for byte is left alone.</summary>
internal sealed class InvoicesVerb : IVerb
{
    public Command Define(IVerbHost host)
    {
        var directory = new Option<string>("--out") { Required = true, Description = "The folder; made when it is missing." };
        var command = new Command("invoices", "Writes the PDFs of all issued invoices and cancellations into a folder.") { directory };
        command.SetAction(host.Run(_ => false, context => RunAsync(context, context.Arguments.GetRequiredValue(directory))));
        return command;
    }

    private static async Task<VerbAnswer> RunAsync(VerbContext context, string directory)
    {
        var (texts, ct) = (context.Services.GetRequiredService<IStringLocalizer<BillingTexts>>(), context.Cancellation);
        var list = await context.Bus.QueryAsync(new ListDocuments(new InvoiceFilter()), ct);
        var written = new List<string>();
        try
        {
            Directory.CreateDirectory(directory);
            foreach (var document in list.Documents)
            {
                var path = Path.Combine(directory, document.FileName);
                if (await IsThereAsync(path, document.Sha256, ct))
                    continue;
                var pdf = (await context.Bus.QueryAsync(new ReadDocument(document.Number), ct))!.Value;
                await OutputFile.WriteAsync(path, file => file.WriteAsync(pdf, ct).AsTask());
                written.Add(document.FileName);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputFile.Refused(context, directory, e);
        }
        var unchanged = list.Documents.Count - written.Count;
        return new VerbAnswer(
            new Answer(written.Count, unchanged, list.Pending.Count, written),
            list.Pending.Count == 0
                ? texts["Verb.Written", new Count(written.Count), new Count(unchanged)]
                : texts["Verb.WrittenSomePending", new Count(written.Count), new Count(unchanged), new Count(list.Pending.Count)],
            Ok: list.Pending.Count == 0
        );
    }

    private static async Task<bool> IsThereAsync(string path, byte[] sha256, CancellationToken ct)
    {
        if (!File.Exists(path))
            return false;
        await using var file = File.OpenRead(path);
        return (await SHA256.HashDataAsync(file, ct)).AsSpan().SequenceEqual(sha256);
    }

    private sealed record Answer(int Written, int Unchanged, int Pending, IReadOnlyList<string> Files);
}
