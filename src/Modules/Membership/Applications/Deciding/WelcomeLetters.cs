using Association.Billing.Contracts;
using Association.Membership.Applications.Model;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Correspondence;
using Association.Membership.Members.Letters;
using Association.Membership.Members.Templates;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Applications.Deciding;

/// <summary>Welcomes a new member by a letter, by the member's own way. An application has at most one: its row names it.</summary>
internal sealed class WelcomeLetters(
    MembershipDb db,
    IDeliveryChoices choices,
    LetterWriting writing,
    TimeProvider clock,
    IStringLocalizer<LetterTemplateTexts> texts,
    IStringLocalizer<SerialLetterTexts> letters
)
{
    /// <returns>The letter; null when a template of the office does not fit this member: nobody is left out of the association for that.</returns>
    public async Task<Guid?> WriteAsync(MemberId member, CancellationToken ct) =>
        await PrepareAsync(member, ct) is var raised && raised.Problems(raised.Desk.UsualWay, raised.Text, clock.Today(), texts, letters).Any()
            ? null
            : await writing.WriteAsync(raised.As(raised.Desk.UsualWay, raised.Text), ct);

    /// <summary>What keeps the letter from being written.</summary>
    public async Task<IReadOnlyList<Problem>> ProblemsAsync(MemberId member, CancellationToken ct)
    {
        var raised = await PrepareAsync(member, ct);
        return [.. raised.Problems(raised.Desk.UsualWay, raised.Text, clock.Today(), texts, letters)];
    }

    private async Task<RaisedLetter> PrepareAsync(MemberId member, CancellationToken ct) =>
        (await RaisedLetter.PrepareAsync(db, member, LetterPurpose.Welcome, choices, clock.Today(), ct))!;
}

/// <summary>Writes the welcome letter that could not be written with the acceptance. Once written, a repetition does nothing.</summary>
[Permission(ApplicationsFeature.Edit)]
internal sealed record WriteWelcome(int Number) : ICommand;

internal static class WriteWelcomeHandler
{
    public static Task<MembershipApplication?> LoadAsync(WriteWelcome command, MembershipDb db, CancellationToken ct) =>
        FoundApplications.LockAsync(db, command.Number, ct);

    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        WriteWelcome command,
        MembershipApplication? application,
        WelcomeLetters welcome,
        IStringLocalizer<ApplicationTexts> texts,
        CancellationToken ct
    ) =>
        application switch
        {
            { WelcomeLetterId: not null } => [],
            { MemberId: { } member } => [.. (await welcome.ProblemsAsync(member, ct)).Select(p => p with { Field = "" })],
            _ => [new Problem("", texts["Problem.NotAccepted"])],
        };

    public static async Task HandleAsync(WriteWelcome _, MembershipApplication application, WelcomeLetters welcome, CancellationToken ct)
    {
        if (application.WelcomeLetterId is null && await welcome.WriteAsync(application.MemberId!.Value, ct) is { } letter)
            application.Welcome(letter);
    }
}
