using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.SelfDeclarations.Sending;

/// <summary>Reminds now whoever is silent and was not written to within the last week, whatever the round's own days are; and writes by another way to whom
/// the last mail did not reach.</summary>
/// <param name="Year">Dues year.</param>
[Permission(SelfDeclarationsFeature.Manage)]
internal sealed record RemindDeclarations(int Year) : ICommand;

/// <summary>Members are reminded.</summary>
internal sealed record Reminding(int Members);

internal static class RemindDeclarationsHandler
{
    /// <summary>Nobody is written to more often, by hand or by itself: 0 is the request.</summary>
    public const int MostReminders = 9;

    /// <summary>Days.</summary>
    public const int Rest = 7;

    public static Task<DeclarationRound?> LoadAsync(RemindDeclarations command, MembershipDb db, CancellationToken ct) =>
        DeclarationRound.OfYearAsync(db, command.Year, ct);

    public static async Task<Problem?> ValidateAsync(
        RemindDeclarations command,
        DeclarationRound? round,
        MembershipDb db,
        TimeProvider clock,
        IStringLocalizer<DeclarationTexts> texts,
        CancellationToken ct
    ) =>
        round is null ? new Problem("", texts["Problem.NoRound", command.Year])
        : round.ClosedAt is not null ? new Problem("", texts["Problem.Closed", command.Year])
        : await CountAsync(db, round.Id, clock.Today(), ct) == 0 ? new Problem("", texts["Problem.NobodySilent", new Count(Rest)])
        : null;

    public static async Task<(Reminding, SendDeclarations)> HandleAsync(
        RemindDeclarations _,
        DeclarationRound round,
        MembershipDb db,
        TimeProvider clock,
        CancellationToken ct
    ) => (new Reminding(await CountAsync(db, round.Id, clock.Today(), ct)), new SendDeclarations(round.Id, null, Before(clock.Today()), MostReminders));

    /// <summary>How many would be reminded by hand.</summary>
    public static async Task<int> CountAsync(MembershipDb db, Guid round, DateOnly today, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteScalarAsync<int>(
            new CommandDefinition(
                $"""
                select count(*)::int from membership.declaration d
                 where d.round_id = @round
                   and (d.state in ('open', 'draft') and d.way <> 'none' and d.last_number < @MostReminders and d.sent_at < @before
                        or {SendDeclarationsHandler.Refused})
                """,
                new
                {
                    round,
                    MostReminders,
                    before = Before(today).StartOfBusinessDay(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );

    // Written to a week ago is long enough ago.
    private static DateOnly Before(DateOnly today) => today.AddDays(1 - Rest);
}
