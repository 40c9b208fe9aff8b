using Association.Billing.Contracts;
using Association.Membership.Data;
using Association.Membership.Members;
using Association.Membership.Members.Correspondence;
using Association.Membership.Members.Letters;
using Association.Membership.Members.Model;
using Association.Membership.Members.Templates;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Renewals;

/// <summary>Asks a member about something that ends, by a letter as any other to one member. Once a deadline, whoever clicks how often. Answers the letter's
/// id.</summary>
/// <param name="Key">What ends.</param>
/// <param name="Contact">The person of the member whom it addresses; null: the member itself.</param>
/// <param name="Way">On paper, or by mail.</param>
/// <param name="Text">With its fields.</param>
[Permission(MembersFeature.WriteNotes)]
internal sealed record AskMember(RenewalKey Key, ContactId? Contact, LetterWay Way, SerialText Text) : ICommand;

internal static class AskMemberHandler
{
    public static async Task<(Renewal?, LetterDesk?)> LoadAsync(
        AskMember command,
        MembershipDb db,
        IOfficeRules rules,
        IDeliveryChoices choices,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        // Two people who ask at once come one after the other, and the second is told.
        await db.OneAtATimeAsync($"membership.renewal {command.Key.Kind} {command.Key.Subject}", ct);
        var renewal = await RenewalRows.FindAsync(command.Key, db, rules, clock, ct);
        return (renewal, renewal is null ? null : await LetterDesk.ReadAsync(db, renewal.Member, choices, clock.Today(), ct));
    }

    public static IEnumerable<Problem> Validate(
        AskMember command,
        Renewal? renewal,
        LetterDesk? desk,
        TimeProvider clock,
        IStringLocalizer<RenewalTexts> renewals,
        IStringLocalizer<LetterTemplateTexts> texts,
        IStringLocalizer<SerialLetterTexts> letters,
        IStringLocalizer<MembersTexts> members
    ) =>
        renewal is null ? [new Problem("", renewals["Problem.Gone"])]
        : renewal.AskedBy is { } by ? [new Problem("", renewals["Problem.Asked", by])]
        : renewal.DoneBy is { } done ? [new Problem("", renewals["Problem.Done", done])]
        : WriteLetterHandler.Validate(Letter(command, renewal), desk, clock, texts, letters, members);

    public static async Task<Guid> HandleAsync(
        AskMember command,
        Renewal renewal,
        LetterDesk desk,
        MembershipDb db,
        LetterWriting writing,
        CurrentUser user,
        TimeProvider clock,
        IStringLocalizer<LetterTemplateTexts> texts,
        CancellationToken ct
    )
    {
        var letter = await WriteLetterHandler.HandleAsync(Letter(command, renewal), desk, db, writing, texts, ct);
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                insert into membership.renewal (kind, subject_id, deadline, member_id, letter_id, asked_at, asked_by)
                  values (@kind, @Subject, @Deadline, @member, @letter, @now, @by)
                """,
                new
                {
                    kind = EnumText.Of(command.Key.Kind),
                    command.Key.Subject,
                    command.Key.Deadline,
                    member = renewal.Member.Value,
                    letter,
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return letter;
    }

    private static WriteLetter Letter(AskMember command, Renewal renewal) => new(renewal.Member, command.Contact, command.Way, command.Text, WithLetter: false);
}
