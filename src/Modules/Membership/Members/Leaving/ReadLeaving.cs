using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.Members.Templates;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Leaving;

/// <summary>What ends with a membership, and how far its letters are.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record ReadLeaving(MemberId Member) : IQuery<LeavingFacts>;

/// <summary>The answer.</summary>
/// <param name="Paragraph">Of the regulation valid in the year of exit: that it is owed in full; null without a regulation or an exit.</param>
/// <param name="Functions">Held on the last day, or today: who holds what.</param>
/// <param name="Confirmed">The letter that confirmed the present resignation; null without.</param>
/// <param name="Unanswered">The letter about a resignation taken back, to which nobody has answered; null without.</param>
internal sealed record LeavingFacts(
    string? Paragraph,
    IReadOnlyList<(string Holder, FunctionKind Kind, string Title)> Functions,
    LeavingLetter? Confirmed,
    LeavingLetter? Unanswered
);

internal static class ReadLeavingHandler
{
    public static async Task<LeavingFacts> HandleAsync(ReadLeaving query, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var member = await db.Members.AsNoTracking().SingleOrDefaultAsync(m => m.Id == query.Member, ct);
        var last = member?.LeftOn ?? clock.Today();
        var functions = await (
            from function in db.Functions.AsNoTracking()
            join contact in db.Contacts on function.ContactId equals contact.Id
            where function.MemberId == query.Member && (function.ValidTo == null || function.ValidTo >= last)
            orderby contact.Name
            select new
            {
                contact.Name,
                function.Kind,
                function.Title,
            }
        ).ToListAsync(ct);
        return new LeavingFacts(
            member?.LeftOn is { } left ? await ParagraphAsync(db, left.Year, ct) : null,
            [.. functions.Select(f => (f.Name, f.Kind, f.Title))],
            await LeavingLetters.LiveAsync(db, query.Member, ct),
            await LeavingLetters.UnansweredAsync(db, query.Member, ct)
        );
    }

    private static async Task<string?> ParagraphAsync(MembershipDb db, int year, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).QueryFirstOrDefaultAsync<string?>(
            new CommandDefinition(
                """
                select paragraph_leaving from membership.dues_regulation
                 where state = 'in_force' and daterange(valid_from, valid_to, '[]') @> make_date(@year, 1, 1)
                """,
                new { year },
                db.Transaction,
                cancellationToken: ct
            )
        );
}

/// <summary>A letter about a leaving as it would leave; null when there is nothing to write, or no such member.</summary>
[Permission(MembersFeature.WriteNotes)]
internal sealed record ReadLeavingLetter(MemberId Member, LetterPurpose Purpose) : IQuery<LeavingToConfirm?>;

internal static class ReadLeavingLetterHandler
{
    public static async Task<LeavingToConfirm?> HandleAsync(
        ReadLeavingLetter query,
        MembershipDb db,
        IDeliveryChoices choices,
        TimeProvider clock,
        IStringLocalizer<MembersTexts> texts,
        CancellationToken ct
    ) =>
        await LeavingToConfirm.ReadAsync(db, query.Member, query.Purpose, choices, clock.Today(), ct) is { } found
        && found.Obstacle(query.Purpose, texts) is null
            ? found
            : null;
}

/// <summary>„Austritt bestätigen“: resignations that take effect and that nobody has confirmed by a letter.</summary>
internal sealed class LeavingTask(IMessageBus bus, IStringLocalizer<MembersTexts> texts) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(MembersFeature.Edit) || !actor.May(MembersFeature.WriteNotes))
            return [];
        return
        [
            .. (await bus.QueryAsync(new ListUnconfirmedLeavings(), ct)).Select(l => new TodayRow(
                texts["Today.Group"],
                texts["Today.Leaving", l.Name],
                texts["Today.LeavingDetail", Formats.Of(l.ReceivedOn), Formats.Of(l.LastDay)],
                MembershipPages.Member(l.Number, "leave/letter"),
                texts["Today.LeavingAction"],
                Urgency.Soon
            )),
        ];
    }
}

/// <summary>Resignations whose last day is ahead and that no letter has confirmed, the oldest first; at most ten.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record ListUnconfirmedLeavings : IQuery<IReadOnlyList<UnconfirmedLeaving>>;

/// <summary>One of them.</summary>
internal sealed record UnconfirmedLeaving(string Number, string Name, DateOnly ReceivedOn, DateOnly LastDay);

internal static class ListUnconfirmedLeavingsHandler
{
    public static async Task<IReadOnlyList<UnconfirmedLeaving>> HandleAsync(
        ListUnconfirmedLeavings query,
        MembershipDb db,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<(string Number, string Name, DateOnly Received, DateOnly Last)>(
            new CommandDefinition(
                """
                select m.number, m.name, m.notice_received_on, m.left_on from membership.member m
                 where m.left_reason = 'resignation' and m.notice_received_on is not null and m.left_on >= @today
                   and not exists (select from membership.leaving_letter l where l.member_id = m.id and l.outdated_at is null)
                 order by m.notice_received_on, m.name limit 10
                """,
                new { today = clock.Today() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return [.. rows.Select(r => new UnconfirmedLeaving(r.Number, r.Name, r.Received, r.Last))];
    }
}
