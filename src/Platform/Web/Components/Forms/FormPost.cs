using System.Data.Common;
using System.Net.Sockets;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Audit;
using Association.Platform.Web.Localisation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.Components;

/// <summary>
/// The form that is being submitted: reads its fields (what cannot be read becomes a problem at that field), then invokes the
/// command with the form's token and keeps the problems for the fields and the summary.
/// </summary>
/// <remarks>Scoped: one for a request. Fields show what was typed, whether or not it could be read.</remarks>
public sealed class FormPost(IHttpContextAccessor http, IMessageBus bus, AuditTrail history, IStringLocalizer<WebTexts> texts, TimeProvider clock)
{
    internal const string TokenField = "__form";
    internal const string LinesField = "__lines"; // the names of the fields that hold several lines
    internal const string StoredPrefix = "stored.";
    private readonly List<Problem> problems = [];

    /// <summary>What is wrong so far.</summary>
    public IReadOnlyList<Problem> Problems => problems;

    /// <summary>Why the record could not be saved: somebody else changed it. Null when nobody did.</summary>
    public string? Conflict { get; private set; }

    /// <summary>The name of the form that was posted; null when this is not a post.</summary>
    public string? Posted => Fields is { } f ? (string?)f["_handler"] : null;

    /// <summary>The name of the form that was posted when nobody was signed in any more, and that stands here again; null when there is none.</summary>
    public string? Kept => KeptFields is { } f ? (string?)f["_handler"] : null;

    /// <summary>The posted fields; null when this is not a post.</summary>
    public IFormCollection? Fields =>
        http.HttpContext?.Request is { HasFormContentType: true } request && HttpMethods.IsPost(request.Method) ? request.Form : null;

    private IFormCollection? KeptFields => http.HttpContext?.Features.Get<KeptForm>()?.Fields;

    /// <summary>What was typed, as it was typed, or what somebody else had stored and was taken instead; null when the field was not posted.</summary>
    public string? Raw(string field) =>
        (Fields ?? KeptFields) is { } f && (f.TryGetValue(StoredPrefix + field, out var value) || f.TryGetValue(field, out value)) ? value.ToString() : null;

    /// <summary>Trimmed text without what cannot be seen; one line, unless the field has several. Empty when nothing was typed.</summary>
    public string Text(string field) => Clean(field, Raw(field) ?? "").Trim();

    /// <summary>Trimmed text, or null when nothing was typed.</summary>
    public string? TextOrNull(string field) => Text(field) is { Length: > 0 } text ? text : null;

    /// <summary>Several values of one name: boxes of a selection.</summary>
    public IReadOnlyList<string> Texts(string field) =>
        (Fields ?? KeptFields) is { } f && f.TryGetValue(field, out var value) ? [.. value.OfType<string>().Select(v => Clean(field, v))] : [];

    /// <summary>Whether the box is checked.</summary>
    public bool Flag(string field) => Raw(field) is { Length: > 0 };

    /// <summary>The uploaded file; null when none was chosen.</summary>
    public IFormFile? File(string field) => Fields?.Files.GetFile(field) is { Length: > 0 } file ? file : null;

    /// <summary>What an uploaded file is called, without what nobody sees.</summary>
    public static string NameOf(IFormFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return CleanText.Line(file.FileName);
    }

    /// <summary>A day; a problem when it is none, or far from now. Null when nothing was typed.</summary>
    /// <param name="field">Its name.</param>
    /// <param name="range">Which days it may be; null for the usual ones.</param>
    public DateOnly? DateOrNull(string field, DayRange? range = null)
    {
        if (Text(field) is not { Length: > 0 } text)
            return null;
        var read = TypedDay.Read(text, range ?? DayRange.Usual(clock.Today()), texts);
        if (read.Problem is { } problem)
            Add(field, problem);
        return read.Day;
    }

    /// <summary>A day; a problem when nothing, no day or one far from now was typed.</summary>
    public DateOnly Date(string field, DayRange? range = null) => Required(field, DateOrNull(field, range));

    /// <summary>An amount; a problem when it is none or has fractions of a cent. Null when nothing was typed.</summary>
    public Money? MoneyOrNull(string field)
    {
        if (Text(field) is not { Length: > 0 } text)
            return null;
        var read = TypedInput.Amount(text);
        if (read.Amount is null)
            Add(field, read.Doubt(text, texts, decimals: 2) ?? texts["Problem.Money"]);
        return read.Amount;
    }

    /// <summary>An amount; a problem when nothing or no amount was typed.</summary>
    public Money Money(string field) => Required(field, MoneyOrNull(field));

    /// <summary>A number with decimals; a problem when it is none. Null when nothing was typed.</summary>
    public decimal? NumberOrNull(string field)
    {
        if (Text(field) is not { Length: > 0 } text)
            return null;
        return Checked(field, text, TypedInput.Number(text));
    }

    /// <summary>A factor such as „0,052“; a problem when it is none. Null when nothing was typed.</summary>
    public decimal? RateOrNull(string field)
    {
        if (Text(field) is not { Length: > 0 } text)
            return null;
        return Checked(field, text, TypedInput.Rate(text));
    }

    /// <summary>A factor; a problem when nothing or none was typed.</summary>
    public decimal Rate(string field) => Required(field, RateOrNull(field));

    /// <summary>A whole number; a problem when it is none. Null when nothing was typed.</summary>
    public int? WholeOrNull(string field)
    {
        if (Text(field) is not { Length: > 0 } text)
            return null;
        var read = TypedInput.Number(text);
        if (read.Value is { } number && decimal.Truncate(number) == number && Math.Abs(number) <= int.MaxValue)
            return (int)number;
        Add(field, read.Doubt(text, texts) ?? texts["Problem.Whole"]);
        return null;
    }

    /// <summary>A whole number; a problem when nothing or none was typed.</summary>
    public int Whole(string field) => Required(field, WholeOrNull(field));

    /// <summary>A choice among the names of an enum; null when none was made.</summary>
    public T? ChoiceOrNull<T>(string field)
        where T : struct, Enum => Enum.TryParse<T>(Text(field), ignoreCase: true, out var choice) && Enum.IsDefined(choice) ? choice : null;

    /// <summary>A choice among the names of an enum; a problem when none was made.</summary>
    public T Choice<T>(string field)
        where T : struct, Enum
    {
        if (ChoiceOrNull<T>(field) is { } choice)
            return choice;
        Add(field, texts["Problem.Choice"]);
        return default;
    }

    /// <summary>An id of a record; null when nothing or no id was posted.</summary>
    public Guid? IdOrNull(string field) => Guid.TryParse(Text(field), out var id) ? id : null;

    /// <summary>The row version that the form was rendered with (<c>xmin</c>), for the check against concurrent edits.</summary>
    public uint Version(string field = "Version") => uint.TryParse(Text(field), out var version) ? version : 0;

    /// <summary>Adds a problem that only the page can see; with an empty field it concerns the whole form.</summary>
    public void Add(string field, string text)
    {
        if (!problems.Any(p => p.Field == field && p.Text == text))
            problems.Add(new Problem(field, text));
    }

    /// <summary>Invokes the command unless the fields already have problems.</summary>
    /// <returns>True when it was done, now or by the first submission of this very form: redirect then. False: render again.</returns>
    /// <exception cref="PermissionDeniedException">The actor may not.</exception>
    public async Task<bool> InvokeAsync(object command, CancellationToken ct = default) =>
        await InvokeAsync(command, () => bus.InvokeAsync(command, ct)) != Outcome.Refused;

    /// <summary>Like <see cref="InvokeAsync(object, CancellationToken)"/>, for a command that answers.</summary>
    /// <exception cref="PermissionDeniedException">The actor may not.</exception>
    public async Task<FormResult<T>> InvokeAsync<T>(object command, CancellationToken ct = default)
    {
        T? answer = default;
        var outcome = await InvokeAsync(command, async () => answer = await bus.InvokeAsync<T>(command, ct));
        return new FormResult<T>(outcome != Outcome.Refused, outcome == Outcome.Repeated, answer);
    }

    private async Task<Outcome> InvokeAsync(object command, Func<Task> invoke)
    {
        if (problems.Count > 0)
        {
            await AddFurtherAsync(command);
            return Outcome.Refused;
        }
        try
        {
            bus.FormToken = IdOrNull(TokenField);
            await invoke();
            return Outcome.Done;
        }
        catch (ProblemsException refused)
        {
            foreach (var problem in refused.Problems)
                Add(problem.Field, problem.Text);
            return Outcome.Refused;
        }
        catch (ConcurrentEditException conflict)
        {
            Conflict = await FasterAsync(conflict.Row) ?? conflict.Message;
            return Outcome.Refused;
        }
        catch (AlreadySubmittedException)
        {
            return Outcome.Repeated;
        }
        finally
        {
            bus.FormToken = null;
        }
    }

    // What could not be read is told already, and the command has something else in its place: of the rest, only what is wrong with other fields counts.
    private async Task AddFurtherAsync(object command)
    {
        var told = problems.Select(p => p.Field).ToHashSet(StringComparer.Ordinal);
        try
        {
            foreach (var problem in await bus.ProblemsAsync(command))
                if (problem.Field.Length > 0 && told.Add(problem.Field))
                    Add(problem.Field, problem.Text);
        }
        catch (Exception e) when (IsOfHalfACommand(e))
        {
            // Half a command leads anywhere; what is told is enough.
        }
    }

    // A value that no column takes is one (class 22 of SQL); a database that does not answer is none, and neither is a request that was given up.
    private static bool IsOfHalfACommand(Exception e) =>
        e is not (PermissionDeniedException or OperationCanceledException)
        && e.GetBaseException() is not (DbException { SqlState: not ['2', '2', ..] } or IOException or TimeoutException or SocketException);

    private async Task<string?> FasterAsync((string Table, string Id)? row) =>
        row is { } changed && await history.OfAsync([changed], limit: 1, CancellationToken.None) is [var latest]
            ? texts["Form.ConflictBy", latest.UserName, Formats.Of(latest.At)].Value
            : null;

    private string Clean(string field, string text) =>
        Fields is { } f && f.TryGetValue(LinesField, out var lines) && lines.Contains(field) ? CleanText.Lines(text) : CleanText.Line(text);

    private decimal? Checked(string field, string text, TypedNumber read)
    {
        if (read.Value is null)
            Add(field, read.Doubt(text, texts) ?? texts["Problem.Number"]);
        return read.Value;
    }

    private T Required<T>(string field, T? value)
        where T : struct
    {
        if (value is null && !problems.Any(p => p.Field == field))
            Add(field, texts["Problem.Required"]);
        return value ?? default;
    }

    private enum Outcome
    {
        Done,
        Repeated,
        Refused,
    }
}

/// <summary>What became of a submitted form.</summary>
/// <param name="Ok">Redirect; otherwise render again with the problems.</param>
/// <param name="Repeated">The first submission of this very form did it; <paramref name="Answer"/> is empty.</param>
/// <param name="Answer">What the command answered.</param>
public readonly record struct FormResult<T>(bool Ok, bool Repeated, T? Answer);
