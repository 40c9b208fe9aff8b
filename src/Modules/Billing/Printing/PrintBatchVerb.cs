using System.CommandLine;
using Association.Billing.Printing.Batches;
using Association.Billing.Printing.Letters;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Printing;

/// <summary><c>print-batch make | list | print | mark</c>: what waits for paper into batches, their files, and the notes on them, without a browser.</summary>
internal sealed class PrintBatchVerb : IVerb
{
    private readonly Option<string?> _since = new("--since") { Description = "Only what was issued on this day or later: 2027-01-31." };
    private readonly Option<bool> _withEmail = new("--with-email") { Description = "Also what is for members with an e-mail address." };
    private readonly Option<string?> _letter = new("--letter")
    {
        Description = "The covering letter in front of each invoice, by its name.",
        HelpName = "NAME",
    };
    private readonly Option<string> _reason = new("--reason") { Description = "For the letter's field of that name.", DefaultValueFactory = _ => "" };
    private readonly Option<bool> _simplex = new("--simplex") { Description = "To be printed on one side of the sheet." };
    private readonly Option<string?> _out = new("--out") { Description = "Writes the batch (PDF) into this file.", HelpName = "FILE" };
    private readonly Option<string?> _list = new("--list") { Description = "Writes the list of its envelopes (PDF) into this file.", HelpName = "FILE" };
    private readonly Argument<int> _number = new Argument<int>("NUMBER") { Description = "Of the batch." }.InWords();
    private readonly Argument<PrintStep> _step = new("STEP") { Description = "printed, sent, or dissolved: given up before it was printed." };
    private readonly Option<bool> _undo = new("--undo") { Description = "Takes the note back." };

    public Command Define(IVerbHost host) =>
        new("print-batch", "Works with the batches for the printer: what waits for paper, in one PDF, sorted for the folding machine.")
        {
            Sub(
                "make",
                "Takes what waits for paper into a batch.",
                host.Run(_ => true, MakeAsync),
                _since,
                _withEmail,
                _letter,
                _reason,
                _simplex,
                _out,
                _list
            ),
            Sub("list", "Lists the batches, the newest first.", host.Run(_ => false, ListAsync)),
            Sub("print", "Writes a batch again, byte for byte.", host.Run(_ => false, PrintAsync), _number, _out, _list),
            Sub("mark", "Notes on a batch that it was printed or sent, or gives it up.", host.Run(_ => true, MarkAsync), _number, _step, _undo),
        };

    private async Task<VerbAnswer> MakeAsync(VerbContext context)
    {
        var (texts, arguments) = (context.Services.GetRequiredService<IStringLocalizer<PrintingTexts>>(), context.Arguments);
        var choice = new PrintChoice(
            arguments.GetValue(_withEmail),
            arguments.GetValue(_since) is { } since ? VerbDay.Read(context.Services, _since.Name, since) : null
        );
        await FinishAsync(context);
        var letter = arguments.GetValue(_letter) is { } name ? await LetterAsync(context, name, texts) : (Guid?)null;
        var number = await context.Bus.InvokeAsync<int>(
            new CreatePrintBatch(choice, !arguments.GetValue(_simplex), letter, arguments.GetRequiredValue(_reason)),
            context.Cancellation
        );
        await context.Drain(); // the file is made in the background
        return await WrittenAsync(context, number, texts);
    }

    private static async Task<VerbAnswer> ListAsync(VerbContext context)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<PrintingTexts>>();
        await FinishAsync(context);
        var batches = await context.Bus.QueryAsync(new ListPrintBatches(), context.Cancellation);
        return new VerbAnswer(batches.Select(Answer), batches.Count == 0 ? texts["Verb.NoBatches"] : string.Join('\n', batches.Select(b => Line(b, texts))));
    }

    private async Task<VerbAnswer> PrintAsync(VerbContext context)
    {
        await FinishAsync(context);
        return await WrittenAsync(context, context.Arguments.GetRequiredValue(_number), context.Services.GetRequiredService<IStringLocalizer<PrintingTexts>>());
    }

    // A batch whose maker was killed lies stored as a message of nobody. An open office takes it up within seconds; where none is open, this call does.
    private static async Task FinishAsync(VerbContext context)
    {
        if ((await context.Bus.QueryAsync(new ListPrintBatches(), context.Cancellation)).Any(b => b.State == PrintBatchState.Making))
            await context.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync(context.Cancellation);
    }

    private async Task<VerbAnswer> MarkAsync(VerbContext context)
    {
        var (texts, number) = (context.Services.GetRequiredService<IStringLocalizer<PrintingTexts>>(), context.Arguments.GetRequiredValue(_number));
        await FinishAsync(context);
        await context.Bus.InvokeAsync(
            new MarkPrintBatch(number, context.Arguments.GetRequiredValue(_step), context.Arguments.GetValue(_undo)),
            context.Cancellation
        );
        var batch = await ReadAsync(context, number, texts);
        return new VerbAnswer(Answer(batch), Line(batch, texts));
    }

    private async Task<VerbAnswer> WrittenAsync(VerbContext context, int number, IStringLocalizer<PrintingTexts> texts)
    {
        var batch = await ReadAsync(context, number, texts);
        await WriteAsync(context, batch, batch.PrintFile, context.Arguments.GetValue(_out), texts);
        await WriteAsync(context, batch, batch.ListFile, context.Arguments.GetValue(_list), texts);
        return new VerbAnswer(Answer(batch), Line(batch, texts));
    }

    private static async Task WriteAsync(VerbContext context, PrintBatch batch, Guid? file, string? path, IStringLocalizer<PrintingTexts> texts)
    {
        if (path is null)
            return;
        if (file is not { } id)
            throw new ProblemsException(texts["Verb.NoFile", batch.Number, texts["State." + batch.State].Value]);
        await OutputFile.WriteAsync(context, path, (await context.Services.GetRequiredService<FileArchive>().ReadAsync(id, context.Cancellation)).Bytes);
    }

    private static async Task<PrintBatch> ReadAsync(VerbContext context, int number, IStringLocalizer<PrintingTexts> texts) =>
        (await context.Bus.QueryAsync(new ListPrintBatches(number), context.Cancellation)).SingleOrDefault()
        ?? throw new ProblemsException(texts["Problem.NoSuchBatch", number]);

    private static async Task<Guid> LetterAsync(VerbContext context, string name, IStringLocalizer<PrintingTexts> texts)
    {
        var letters = await context.Bus.QueryAsync(new ListCoverLetters(), context.Cancellation);
        return letters.FirstOrDefault(l => string.Equals(l.Name, name.Trim(), StringComparison.OrdinalIgnoreCase))?.Id
            ?? throw new ProblemsException(texts["Verb.NoLetter", name, string.Join(", ", letters.Select(l => $"„{l.Name}“"))]);
    }

    private static Command Sub(string name, string description, Func<ParseResult, CancellationToken, Task<int>> action, params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        }
        command.SetAction(action);
        return command;
    }

    private static string Line(PrintBatch batch, IStringLocalizer<PrintingTexts> texts) =>
        texts[
            "Verb.Batch",
            batch.Number,
            texts["State." + batch.State].Value,
            new Count(batch.Envelopes),
            new Count(batch.Documents),
            Formats.Of(batch.Created.At),
            batch.Created.By
        ];

    private static BatchAnswer Answer(PrintBatch batch) =>
        new(
            batch.Number,
            EnumText.Of(batch.State),
            batch.Letter,
            batch.Envelopes,
            batch.Documents,
            batch.Sheets,
            batch.Duplex,
            batch.Created.At,
            batch.Created.By,
            batch.Printed?.At,
            batch.Sent?.At
        );

    private sealed record BatchAnswer(
        int Number,
        string State,
        string? Letter,
        int Envelopes,
        int Documents,
        int? Sheets,
        bool Duplex,
        DateTimeOffset CreatedAt,
        string CreatedBy,
        DateTimeOffset? PrintedAt,
        DateTimeOffset? SentAt
    );
}
