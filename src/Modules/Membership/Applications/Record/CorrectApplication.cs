using Association.Membership.Applications.Deciding;
using Association.Membership.Applications.Model;
using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Applications.Record;

/// <summary>The office corrects an application, beside what was typed. What lay before the board comes back: nobody decides on other facts than were shown.</summary>
[Permission(ApplicationsFeature.Edit)]
internal sealed record CorrectApplication(int Number, uint Version, ApplicationForm Form) : ICommand;

internal static class CorrectApplicationHandler
{
    public static async Task<(MembershipApplication?, ApplicationTerms)> LoadAsync(
        CorrectApplication command,
        MembershipDb db,
        TimeProvider clock,
        CancellationToken ct
    ) => (await FoundApplications.LockAsync(db, command.Number, ct), await ApplicationTerms.ReadAsync(db, clock.Today(), ct));

    public static IEnumerable<Problem> Validate(
        CorrectApplication command,
        MembershipApplication? application,
        ApplicationTerms terms,
        ApplicationRules rules,
        TimeProvider clock,
        IStringLocalizer<ApplicationTexts> texts
    )
    {
        if (ApplicationEdit.Obstacle(application, command.Version, texts) is { } obstacle)
            return [obstacle];
        var problems = rules.Problems(Tidy(command, terms), terms, clock.Today());
        // Only the holder of an account gives a mandate: the office may correct a digit or take the account out.
        return application!.Typed.Iban is null && command.Form.Iban is not null
            ? problems.Append(new Problem(nameof(command.Form.Iban), texts["Problem.NoMandate"]))
            : problems;
    }

    public static void Handle(CorrectApplication command, MembershipApplication application, ApplicationTerms terms, CurrentUser user, TimeProvider clock)
    {
        if (application.State == ApplicationState.Waiting)
            application.Approval.Reopen();
        application.Form = Tidy(command, terms);
        application.Category = application.Form.Category;
        (application.CorrectedAt, application.CorrectedBy) = (clock.GetUtcNow(), user.Actor.Name);
    }

    private static ApplicationForm Tidy(CorrectApplication command, ApplicationTerms terms) =>
        command.Form.Tidy(terms.Find(command.Form.Category)?.Measure is not null);
}
