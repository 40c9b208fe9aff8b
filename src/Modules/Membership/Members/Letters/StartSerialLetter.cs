using System.Text.Json;
using Association.Membership.Data;
using Association.Membership.Members.List.Filtering;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Letters;

/// <summary>Write to all members of a selection who take post, or, by their ways, mail, too; the letters are made in the background.</summary>
/// <param name="Filter">Whom.</param>
/// <param name="Digest">The members that the person saw. When the selection means others by now, the person is asked again.</param>
/// <param name="Text">What the letter says.</param>
/// <param name="Duplex">Printed on both sides of the sheet: every letter begins on a sheet of its own.</param>
/// <param name="ByDelivery">Whether each letter waits to leave by its member's way, instead of all being one file for the printer.</param>
[Permission(MembersFeature.Edit)]
internal sealed record StartSerialLetter(MemberFilter Filter, string Digest, SerialText Text, bool Duplex = true, bool ByDelivery = false) : ICommand;

internal static class StartSerialLetterHandler
{
    private const int NamedAtMost = 10;

    public static async Task<LetterRecipients> LoadAsync(StartSerialLetter command, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var chosen = await LetterRecipients.ReadAsync(db, command.Filter, command.Text.Language, clock.Today(), ct);
        return command.ByDelivery ? chosen.ByDelivery() : chosen;
    }

    public static IEnumerable<Problem> Validate(StartSerialLetter command, LetterRecipients chosen, IStringLocalizer<SerialLetterTexts> texts)
    {
        if (chosen.Count > LetterRecipients.Most)
            yield return new Problem("", texts["Problem.TooMany", new Count(chosen.Count), new Count(LetterRecipients.Most)]);
        else if (chosen.Digest != command.Digest)
            yield return new Problem("", texts["Problem.Changed", new Count(chosen.With(LetterOutcome.Letter).Count())]);
        else if (!chosen.With(LetterOutcome.Letter).Any())
            yield return new Problem("", texts["Problem.NoLetter"]);
        foreach (var problem in command.Text.Trimmed().Check(texts))
            yield return problem;
        foreach (var (facts, signs) in chosen.Unprintable().Take(NamedAtMost))
            yield return new Problem("", texts["Problem.CannotPrintMember", facts.Name, facts.Number, signs]);
    }

    public static async Task<(Guid, MakeSerialLetter)> HandleAsync(
        StartSerialLetter command,
        LetterRecipients chosen,
        MembershipDb db,
        LongWorkLog works,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (connection, id, text) = (await db.ConnectionAsync(ct), Guid.CreateVersion7(), command.Text.Trimmed());
        var work = await works.StartAsync(
            db,
            "membership.serial-letter",
            StoredText.Of<SerialLetterTexts>("Work.Letter"),
            SerialLetter.Url(id),
            chosen.With(LetterOutcome.Letter).Count(),
            user.Actor.Name,
            ct
        );
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into membership.serial_letter (id, subject, body, language, duplex, by_delivery, work_id, created_at, created_by)
                  values (@id, @Subject, @Body, @Language, @Duplex, @ByDelivery, @work, @now, @by);
                insert into membership.serial_letter_member (letter_id, place, member_id, facts, outcome)
                select @id, x.place, x.member, x.facts, x.outcome from unnest(@members, @facts::jsonb[], @outcomes) with ordinality as x (member, facts,
                  outcome, place);
                """,
                new
                {
                    id,
                    text.Subject,
                    text.Body,
                    text.Language,
                    command.Duplex,
                    command.ByDelivery,
                    work,
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                    members = chosen.All.Select(r => r.Member.Value).ToArray(),
                    facts = chosen.All.Select(r => JsonSerializer.Serialize(r.Facts, SerialLetter.Json)).ToArray(),
                    outcomes = chosen.All.Select(r => EnumText.Of(r.Outcome)).ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return (id, new MakeSerialLetter(id));
    }
}
