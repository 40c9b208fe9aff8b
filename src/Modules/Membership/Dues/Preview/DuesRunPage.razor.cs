using System.Net;
using Association.Membership.Contracts;
using Association.Membership.Dues.Runs;
using Association.Membership.Members;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.Components;
using Association.Platform.Web.Localisation;
using Microsoft.AspNetCore.Components;

namespace Association.Membership.Dues.Preview;

/// <summary>A dues run: what will happen in plain words, the figures, the lists that prove it, the two signatures.</summary>
public sealed partial class DuesRunPage
{
    private const int Shown = 20;
    private const int FewShown = 8;

    private DuesRunView? view;

    /// <summary><c>2027-1</c>.</summary>
    [Parameter]
    public string Code { get; set; } = "";

    private DateOnly Today => Clock.Today();

    private string Title =>
        view!.Run.Number == 1
            ? L[DuesStates.TitleOf(view.Run), view.Run.Year]
            : $"{L[DuesStates.TitleOf(view.Run), view.Run.Year]}{L["Run.Later", view.Run.Number]}";

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        view = await Bus.QueryAsync(new ReadDuesRun(Code));
        if (view is null)
            Nav.NotFound();
    }

    private Task SubmitAsync() => ActAsync(new SubmitDuesRun(view!.Run.Id), "Done.Submitted");

    private Task ExecuteAsync() => ActAsync(new ExecuteDuesRun(view!.Run.Id), "Done.Executing");

    private Task ResumeAsync() => ActAsync(new ResumeDuesRun(view!.Run.Id), "Done.Resumed");

    private async Task DiscardAsync()
    {
        if (!await Post.InvokeAsync(new DiscardDuesRun(view!.Run.Id)))
            return;
        Toasts.Say(L["Done.Discarded"]);
        Nav.NavigateTo(MembershipPages.Dues);
    }

    private async Task ActAsync(object command, string done)
    {
        if (!await Post.InvokeAsync(command))
            return;
        Toasts.Say(L[done]);
        Nav.NavigateTo(Nav.Path());
    }

    private List<Step> PathOfRun(DuesRunView v)
    {
        var at = v.Run.State switch
        {
            DuesRunState.Draft => 2,
            DuesRunState.Submitted => 3,
            DuesRunState.Approved or DuesRunState.Executing => 4,
            _ => 5,
        };
        return
        [
            new(L["Step.Scope"], L["Count.Members", new Count(v.Charged.Charges + v.Others.Missing.Count + v.Others.Exempt.Count)], Of(1)),
            new(L["Step.Review"], at == 2 ? L["Step.Here"] : L["Step.ReviewNote"], Of(2)),
            new(L["Step.Approval"], v.Run.Approval.ApprovedByName ?? L["Step.Second"], Of(3)),
            new(L["Step.Invoices"], at == 5 ? L["Step.Issued"] : L["Step.NothingSent"], Of(4)),
        ];

        StepState Of(int step) =>
            step < at ? StepState.Done
            : step == at ? StepState.Current
            : StepState.Ahead;
    }

    // What happens, how much, who is affected, what stays open: numbers marked and linked.
    private MarkupString PlainSentence(DuesRunView v)
    {
        if (v.Charged.Charges == 0)
            return Html(L["Plain.Nobody", v.Run.Year]);
        var past = v.Run.State == DuesRunState.Executed;
        var difference = v.Charged.Total - v.Charged.LastYear;
        var parts = new List<string>
        {
            Words(
                past ? "Plain.Issued" : "Plain.Charges",
                Link(MembershipPages.Run(Code, "charges"), L["Count.Invoices", new Count(v.Charged.Charges)]),
                Bold(Formats.Of(v.Charged.Total)),
                new Count(v.Charged.Charges)
            ),
        };
        if (v.Charged.PartYear is var partYear and > 0)
            parts.Add(Words("Plain.PartYear", $"<b>{Text(L["Count.Members", new Count(partYear)])}</b>", new Count(partYear)));
        if (v.Charged.LastYear > Money.Zero && difference != Money.Zero)
            parts.Add(
                Words(
                    difference > Money.Zero ? "Plain.More" : "Plain.Less",
                    Bold(Formats.Of(difference > Money.Zero ? difference : -difference)),
                    Text((v.Run.Year - 1).ToString(System.Globalization.CultureInfo.InvariantCulture))
                )
            );
        if (v.Charged.Increases is { Count: > 0 } increases)
            parts.Add(Words("Plain.Increases", Link("#increases", L["Count.Members", new Count(increases.Count)]), new Count(increases.Count)));
        if (!past && v.Others.Missing is { Count: > 0 } missing)
            parts.Add(Words("Plain.Missing", Link("#missing", L["Count.Members", new Count(missing.Count)]), new Count(missing.Count)));
        if (!past && v.Charged.Recipients.Count(f => f.Problem != RecipientProblem.CannotPrint) is > 0 and var lost)
            parts.Add(Words("Plain.Recipients", Link("#recipients", L["Count.Recipients", new Count(lost)]), new Count(lost)));
        if (!past && v.Charged.Recipients.Count(f => f.Problem == RecipientProblem.CannotPrint) is > 0 and var unprintable)
            parts.Add(Words("Plain.Unprintable", Link("#recipients", L["Count.Recipients", new Count(unprintable)]), new Count(unprintable)));
        if (!past && v.Questions is { Count: > 0 } questions)
            parts.Add(Words("Plain.Questions", Link("#questions", L["Count.Questions", new Count(questions.Count)]), new Count(questions.Count)));
        if (!past && v.Others.Exempt is { Count: > 0 } exempt)
            parts.Add(Words("Plain.Exempt", Link("#exempt", L["Count.Members", new Count(exempt.Count)]), new Count(exempt.Count)));
        return new MarkupString(string.Join(' ', parts));
    }

    private string Reassurance(DuesRunView v) =>
        v.Run.State switch
        {
            DuesRunState.Executing => L["Plain.NoteExecuting"],
            DuesRunState.Executed => L["Plain.NoteExecuted"],
            _ => L["Plain.Note"],
        };

    private bool MayEdit => User.Actor.May(MembersFeature.Edit);

    // Who may not mend an address is led to the member.
    private string Mending(RecipientProblem problem) =>
        !MayEdit ? ""
        : problem is RecipientProblem.Open or RecipientProblem.Incomplete ? "/recipient"
        : "/edit";

    private string Words(string key, params object[] html) => string.Format(System.Globalization.CultureInfo.CurrentCulture, Text(L[key]), html);

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Bold(string text) => $"<b>{Text(text)}</b>";

    private static string Link(string href, string text) => $"<a href=\"{href}\"><b>{Text(text)}</b></a>";

    private static MarkupString Html(string text) => new(Text(text));

    private static string Member(string number, string below = "") => $"{MembershipPages.Members}/{Uri.EscapeDataString(number)}{below}";

    private static string Amount(Money? amount) => amount is { } a ? Formats.Of(a) : "–";

    private static string Ratio(Money now, Money before) => before > Money.Zero ? Formats.PercentDifference((now - before).Amount / before.Amount) : "–";
}
