using Association.Membership.Applications.Model;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Regulation;
using Association.Membership.Members;
using Association.Membership.Members.Contacts;
using Association.Membership.Members.InputValues;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Applications.Deciding;

/// <summary>The board accepts: the applicant is a member, with contact, mandate and value, and is welcomed by a letter. Once given, a repetition answers the
/// same member.</summary>
/// <param name="Number">Of the application.</param>
/// <param name="JoinedOn">First day of membership.</param>
/// <param name="ResolvedBy">Who decided: „Vorstand“.</param>
/// <param name="ResolvedOn">Day of the resolution.</param>
/// <param name="Resolution">Its number and words, or where they stand.</param>
/// <param name="MemberNumber">Null: the next free number.</param>
/// <param name="Version">The state that the person saw; null: whatever it is.</param>
[Permission(ApplicationsFeature.Approve)]
internal sealed record AcceptApplication(
    int Number,
    DateOnly JoinedOn,
    string ResolvedBy,
    DateOnly ResolvedOn,
    string Resolution,
    string? MemberNumber = null,
    uint? Version = null
) : ICommand;

internal static class AcceptApplicationHandler
{
    public static Task<MembershipApplication?> LoadAsync(AcceptApplication command, MembershipDb db, CancellationToken ct) =>
        FoundApplications.LockAsync(db, command.Number, ct);

    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        AcceptApplication command,
        MembershipApplication? application,
        MembershipDb db,
        FourEyes four,
        TimeProvider clock,
        IStringLocalizer<ApplicationTexts> texts,
        IStringLocalizer<MembersTexts> members,
        CancellationToken ct
    )
    {
        if (application is { State: ApplicationState.Accepted })
            return [];
        if (ApplicationEdit.Obstacle(application, command.Version, texts) is { } obstacle)
            return [obstacle];
        if (four.Obstacle(application!.Approval) is { } eyes)
            return [eyes];
        var problems = (
            await Admission.ProblemsAsync(
                db,
                command.MemberNumber,
                application.Category,
                command.JoinedOn,
                application.Form.Details,
                clock.Today(),
                members,
                ct
            )
        )
            .Select(p => p.Field == nameof(Member.Number) ? p with { Field = nameof(command.MemberNumber) } : p)
            .ToList();
        if (command.ResolvedBy.Trim() is not { Length: > 0 and <= 200 })
            problems.Add(new(nameof(command.ResolvedBy), texts["Problem.ResolvedBy"]));
        if (command.ResolvedOn > clock.Today())
            problems.Add(new(nameof(command.ResolvedOn), texts["Problem.ResolvedOn"]));
        if (command.Resolution.Trim() is not { Length: >= 3 and <= 1000 })
            problems.Add(new(nameof(command.Resolution), texts["Problem.Resolution"]));
        return problems;
    }

    public static async Task<(MemberAdmitted, MembersChanged?)> HandleAsync(
        AcceptApplication command,
        MembershipApplication application,
        MembershipDb db,
        FourEyes four,
        WelcomeLetters welcome,
        IOfficeRules rules,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (application.MemberId is { } known)
            return (new MemberAdmitted(known, (await db.Members.FindAsync([known], ct))!.Number), null);
        var form = application.Form;
        var numbers = (await rules.CurrentAsync(ct)).Numbers.Members;
        var member = await Admission.AdmitAsync(db, command.MemberNumber, application.Category, command.JoinedOn, form.Details, numbers, clock.Today(), ct);
        Mandate(member, application);
        await ContactAsync(db, member, form, ct);
        await ValueAsync(db, member, application, user, clock.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct); // the application names the member, and the letter reads it
        four.Approve(application.Approval);
        application.Accept(member.Id, TidyText.Line(command.ResolvedBy), command.ResolvedOn, command.Resolution.Trim());
        if (await welcome.WriteAsync(member.Id, ct) is { } letter)
            application.Welcome(letter);
        return (new MemberAdmitted(member.Id, member.Number), new MembersChanged([member.Id]));
    }

    // The reference names the application, so that no two mandates share one.
    private static void Mandate(Member member, MembershipApplication application)
    {
        if (application.Form.Iban is not { } iban)
            return;
        var signed = application.ReceivedAt.ToBusinessDate();
        (member.Iban, member.MandateSignedOn, member.PaymentRoute) = (iban, signed, PaymentRoute.DirectDebit);
        member.MandateReference = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"A{application.Number}-{signed:yyyyMMdd}");
    }

    private static async Task ContactAsync(MembershipDb db, Member member, ApplicationForm form, CancellationToken ct)
    {
        if (form.ContactName is not { } name)
            return;
        var contact = new Contact
        {
            Id = ContactId.New(),
            MemberId = member.Id,
            Salutation = form.ContactSalutation,
            Name = name,
            Email = form.Email,
            Phone = form.Phone,
        };
        db.Contacts.Add(contact);
        await FunctionRules.AssignAsync(db, contact.Id, member.Id, FunctionKind.Contact, form.ContactTitle ?? "", member.JoinedOn, null, false, ct);
    }

    // As of the regulation's day where that is past, else of the day on which it was declared; who accepts the application saw the value and accepts it for the
    // year of entry.
    private static async Task ValueAsync(
        MembershipDb db,
        Member member,
        MembershipApplication application,
        CurrentUser user,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var (form, year) = (application.Form, member.JoinedOn!.Value.Year);
        var regulation = await Regulations.ValidInAsync(db, year, ct) ?? await Regulations.ValidInAsync(db, year + 1, ct);
        var measure =
            regulation?.RuleOf(application.Category)?.NeededMeasure is { } needed ? EnumText.Parse<Measure>(needed)
            : regulation is null ? (await db.Categories.FindAsync([application.Category], ct))?.Measure
            : null;
        if (form.Value is not { } value || measure is not { } of)
            return;
        var (asked, received) = (ReferenceDate.Of(year), application.ReceivedAt.ToBusinessDate());
        var declared = new InputValue
        {
            Id = InputValueId.New(),
            MemberId = member.Id,
            Measure = of,
            Value = value,
            AsOf = asked < received ? asked : received,
            Source = ValueSource.SelfDeclaration,
            SourceNote = StoredText.Of<ApplicationTexts>("Value.Source", StoredText.Value(application.Number)).ToString(),
            RecordedAt = now,
        };
        if (declared.AsOf != asked)
            declared.Accept(year, user.Id.Value, user.Actor.Name, now);
        db.InputValues.Add(declared);
    }
}
