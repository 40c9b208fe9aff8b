using System.CommandLine;
using Association.Board.Figures;
using Association.Board.Reports;
using Association.Platform.Data.Users;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Board.Pages;

/// <summary><c>board-report --from D --to D --out FILE</c>: the board's workbook. With <c>--as</c> the report is also kept, as on the page.</summary>
internal sealed class BoardReportVerb : IVerb
{
    private readonly Option<string?> _from = new("--from") { Description = "First day: 2026-01-01. Without it that of the running fiscal year." };
    private readonly Option<string?> _to = new("--to") { Description = "Last day: 2026-12-31. Without it that of the first day's fiscal year." };
    private readonly Option<string> _out = new("--out") { Required = true, Description = "The file, .xlsx; written over when it is there." };

    public Command Define(IVerbHost host)
    {
        var command = new Command(
            "board-report",
            "Writes the workbook for the board; without a period, of the running year. With --as it is also kept on the page."
        )
        {
            _from,
            _to,
            _out,
        };
        command.SetAction(host.Run(_ => false, RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<BoardTexts>>();
        var period = await PeriodAsync(context, texts);
        var path = context.Arguments.GetRequiredValue(_out);
        var kept = context.Services.GetRequiredService<CurrentUser>().Actor.Id is not null;
        var (bytes, holds) = kept ? await CreateAsync(context, period) : await ComposeAsync(context, period);
        await OutputFile.WriteAsync(context, path, bytes);
        return new VerbAnswer(
            new Answer(period.From, period.To, path, bytes.Length, kept, holds),
            $"{texts["Verb.Written", path, Formats.Of(period.From), Formats.Of(period.To)]} {texts[holds ? "Overview.ControlsHold" : "Overview.ControlsDiffer"]}",
            holds
        );
    }

    private static async Task<(byte[], bool)> ComposeAsync(VerbContext context, BoardPeriod period)
    {
        var report = await context.Bus.QueryAsync(new ComposeBoardReport(period.From, period.To), context.Cancellation);
        return (report.Bytes, report.ControlsHold);
    }

    private static async Task<(byte[], bool)> CreateAsync(VerbContext context, BoardPeriod period)
    {
        var report = await context.Bus.InvokeAsync<CreatedReport>(new CreateBoardReport(period.From, period.To), context.Cancellation);
        return ((await context.Bus.QueryAsync(new ReadBoardReport(report.Id), context.Cancellation))!.Bytes.ToArray(), report.ControlsHold);
    }

    private async Task<BoardPeriod> PeriodAsync(VerbContext context, IStringLocalizer<BoardTexts> texts)
    {
        var from = Day(_from, context);
        var year = await context.Services.GetRequiredService<ReportPeriods>().YearAsync(from, context.Cancellation);
        return new BoardPeriod(from ?? year.From, Day(_to, context) ?? year.To);
    }

    private static DateOnly? Day(Option<string?> option, VerbContext context) =>
        context.Arguments.GetValue(option) is { } typed ? VerbDay.Read(context.Services, option.Name, typed) : null;

    private sealed record Answer(DateOnly From, DateOnly To, string File, int Bytes, bool Kept, bool ControlsHold);
}
