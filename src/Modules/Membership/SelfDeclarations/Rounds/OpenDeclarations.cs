using Association.Billing.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Regulation;
using Association.Membership.SelfDeclarations.Sending;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Membership.SelfDeclarations.Rounds;

/// <summary>Asks all members whose dues of the year need a number that nobody knows; each is asked once, however often the round is opened.</summary>
/// <param name="Year">Dues year: the present one or the next.</param>
/// <param name="Terms">What the office decided.</param>
[Permission(SelfDeclarationsFeature.Manage)]
internal sealed record OpenDeclarations(int Year, RoundTerms Terms) : ICommand;

internal static class OpenDeclarationsHandler
{
    public static Task<DuesRegulation?> LoadAsync(OpenDeclarations command, MembershipDb db, CancellationToken ct) =>
        command.Year is < 2000 or > 2200 ? Task.FromResult<DuesRegulation?>(null) : Regulations.ValidInAsync(db, command.Year, ct);

    public static IEnumerable<Problem> Validate(
        OpenDeclarations command,
        DuesRegulation? regulation,
        TimeProvider clock,
        IStringLocalizer<DeclarationTexts> texts
    )
    {
        var (today, terms) = (clock.Today(), command.Terms);
        if (command.Year != today.Year && command.Year != today.Year + 1)
            yield return new Problem(nameof(command.Year), texts["Problem.Year", today.Year, today.Year + 1]);
        else if (regulation is null)
            yield return new Problem(nameof(command.Year), texts["Problem.NoRegulation", command.Year]);
        if (terms.AnswerBy < today || terms.AnswerBy > today.AddYears(1))
            yield return new Problem(nameof(terms.AnswerBy), texts["Problem.AnswerBy", Formats.Of(today), Formats.Of(today.AddYears(1))]);
        if (terms.RemindAfter is < 3 or > 90)
            yield return new Problem(nameof(terms.RemindAfter), texts["Problem.RemindAfter", 3, new Count(90)]);
        if (terms.Reminders is < 0 or > 3)
            yield return new Problem(nameof(terms.Reminders), texts["Problem.Reminders", new Count(3)]);
        if (!PublicAddress.IsSite(terms.Site))
            yield return new Problem(nameof(terms.Site), texts["Problem.Site"]);
    }

    public static async Task<(RoundOpened, SendDeclarations)> HandleAsync(
        OpenDeclarations command,
        DuesRegulation regulation,
        RoundOpening opening,
        CancellationToken ct
    ) => await opening.OpenAsync(command.Year, regulation, command.Terms, ct);
}

/// <summary>Who would be asked now, how, and who cannot be; and the rounds so far. Writes nothing.</summary>
/// <param name="Year">Dues year; null for the one that is prepared: from November on the next.</param>
[Permission(SelfDeclarationsFeature.Read)]
internal sealed record PreviewDeclarations(int? Year = null) : IQuery<DeclarationPreview>;

/// <summary>The answer.</summary>
/// <param name="Year">Dues year.</param>
/// <param name="HasRegulation">Whether a regulation is in force in it.</param>
/// <param name="Needed">Who would be asked.</param>
/// <param name="Rounds">All, the newest first.</param>
/// <param name="Proposed">What a round of the year begins with: as the last one was, or the usual.</param>
internal sealed record DeclarationPreview(
    int Year,
    bool HasRegulation,
    IReadOnlyList<NeededMember> Needed,
    IReadOnlyList<DeclarationRound> Rounds,
    RoundTerms Proposed
)
{
    public DeclarationRound? Round => Rounds.FirstOrDefault(r => r.Year == Year);

    public int By(DeclarationWay way) => Needed.Count(n => n.Reach.Way == way);
}

internal static class PreviewDeclarationsHandler
{
    /// <summary>From this month on the next year is prepared.</summary>
    public const int PreparationMonth = 11;

    public static async Task<DeclarationPreview> HandleAsync(
        PreviewDeclarations query,
        MembershipDb db,
        IDeliveryChoices choices,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var today = clock.Today();
        var year = query.Year is >= 2000 and <= 2200 ? query.Year.Value : YearOf(today);
        var rounds = await DeclarationRound.AllAsync(db, ct);
        var regulation = await Regulations.ValidInAsync(db, year, ct);
        return new DeclarationPreview(
            year,
            regulation is not null,
            regulation is null ? [] : await DeclarationNeeds.ReadAsync(db, choices, regulation, year, ct),
            rounds,
            Proposed(rounds, year, today)
        );
    }

    /// <summary>The dues year whose numbers are asked for on a day.</summary>
    public static int YearOf(DateOnly today) => today.Month >= PreparationMonth ? today.Year + 1 : today.Year;

    /// <summary>As the last round was; members have until 15 January, or six weeks.</summary>
    public static RoundTerms Proposed(IReadOnlyList<DeclarationRound> rounds, int year, DateOnly today)
    {
        var usual = new DateOnly(year, 1, 15);
        var answerBy = usual >= today.AddDays(14) ? usual : today.AddDays(42);
        var own = rounds.FirstOrDefault(r => r.Year == year);
        var last = (own ?? (rounds.Count > 0 ? rounds[0] : null))?.Terms ?? new RoundTerms(answerBy, 21, 2, false, "");
        return last with { AnswerBy = own is { } round && round.Terms.AnswerBy >= today ? round.Terms.AnswerBy : answerBy };
    }
}
