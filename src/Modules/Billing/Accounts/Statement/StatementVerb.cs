using System.CommandLine;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Statement;

/// <summary><c>account-statement MEMBER [--from D] [--to D] [--out FILE | --send]</c>: a member's account over a period, and its letter.</summary>
internal sealed class StatementVerb : IVerb
{
    public Command Define(IVerbHost host)
    {
        var member = new Argument<string>("MEMBER") { Description = "The member's number." };
        var from = new Option<DateOnly?>("--from") { Description = "The first day: 2026-01-01. Without it from the beginning." }.InWords();
        var to = new Option<DateOnly?>("--to") { Description = "The last day: 2026-12-31. Without it until today." }.InWords();
        var file = new Option<FileInfo?>("--out") { Description = "Writes the letter (PDF) into this file." };
        var send = new Option<bool>("--send") { Description = "Makes the letter to be sent: it waits for send-documents." };
        var command = new Command("account-statement", "Shows a member's account over a period, or writes it as a letter.") { member, from, to, file, send };
        command.SetAction(
            host.Run(
                arguments => arguments.GetValue(send),
                context =>
                    (context.Arguments.GetValue(send) ? IssueAsync : (Func<VerbContext, GetStatement, FileInfo?, Task<VerbAnswer>>)RunAsync)(
                        context,
                        new GetStatement(context.Arguments.GetRequiredValue(member), context.Arguments.GetValue(from), context.Arguments.GetValue(to)),
                        context.Arguments.GetValue(file)
                    )
            )
        );
        return command;
    }

    private static async Task<VerbAnswer> RunAsync(VerbContext context, GetStatement query, FileInfo? file)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<AccountTexts>>();
        var statement = await context.Bus.QueryAsync(query, context.Cancellation) ?? throw new ProblemsException(texts["Problem.NoSuchAccount", query.Member]);
        if (file is not null)
            await OutputFile.WriteAsync(context, file.FullName, await LetterAsync(context, statement));
        return new VerbAnswer(
            new Answer(
                statement.Holder.Number,
                statement.From,
                statement.To,
                statement.Before,
                statement.After,
                statement.OpenSum,
                statement.Credit,
                [
                    .. statement.Lines.Select(l => new Line(
                        l.BookedOn,
                        l.DatedOn,
                        Platform.Data.EnumText.Of(l.Kind),
                        l.Number,
                        l.Text,
                        l.Debit,
                        l.Credit,
                        l.Balance
                    )),
                ]
            ),
            string.Join(
                '\n',
                [
                    .. statement.Lines.Select(l =>
                        $"{Formats.Of(l.BookedOn)}  {Formats.Of(l.Debit - l.Credit), 14}  {Formats.Of(l.Balance), 14}  {l.Number ?? l.Text}"
                    ),
                    texts["Verb.Statement", statement.Holder.Number, Formats.Of(statement.Before), Formats.Of(statement.After)].Value,
                ]
            )
        );
    }

    private static async Task<VerbAnswer> IssueAsync(VerbContext context, GetStatement query, FileInfo? file)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<AccountTexts>>();
        if (file is not null)
            throw new ProblemsException(texts["Issue.OutOrSend"]);
        var issued = await context.Bus.InvokeAsync<IssuedStatements>(new IssueStatements([query.Member], query.From, query.To), context.Cancellation);
        await context.Drain();
        return new VerbAnswer(issued, issued.Made > 0 ? texts["Issue.Made", new Count(issued.Made)] : texts["Issue.Already", new Count(issued.Already)]);
    }

    private static async Task<byte[]> LetterAsync(VerbContext context, AccountStatement statement)
    {
        var clock = context.Services.GetRequiredService<TimeProvider>();
        var association = await context.Services.GetRequiredService<IAssociationProfiles>().CurrentAsync(context.Cancellation);
        return Letter.Render(StatementLetter.Write(statement, association, clock.Today(), clock.GetUtcNow()));
    }

    private sealed record Answer(string Member, DateOnly? From, DateOnly To, Money Before, Money After, Money Open, Money Credit, IReadOnlyList<Line> Lines);

    private sealed record Line(DateOnly BookedOn, DateOnly DatedOn, string Kind, string? Number, string Text, Money Debit, Money Credit, Money Balance);
}
