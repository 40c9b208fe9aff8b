using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.SelfDeclarations.Sending;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.SelfDeclarations.Deciding;

/// <summary>Sends an answer back with a question, by mail; it is a draft again, and the question stands in the form.</summary>
/// <param name="Year">Dues year.</param>
/// <param name="Number">Mitgliedsnummer.</param>
/// <param name="Question">In the member's language.</param>
[Permission(SelfDeclarationsFeature.Manage)]
internal sealed record ReturnDeclaration(int Year, string Number, string Question) : ICommand;

/// <summary>An answer with whom to ask.</summary>
internal sealed record ReturnedAnswer(RequestToDecide Request, Member Member);

internal static class ReturnDeclarationHandler
{
    private const int Longest = 1000;

    public static async Task<ReturnedAnswer?> LoadAsync(ReturnDeclaration command, MembershipDb db, CancellationToken ct) =>
        await RequestToDecide.FindAsync(db, command.Year, command.Number, ct) is { } request
            ? new ReturnedAnswer(request, await db.Members.AsNoTracking().SingleAsync(m => m.Id == request.Member, ct))
            : null;

    public static IEnumerable<Problem> Validate(ReturnDeclaration command, ReturnedAnswer? found, IStringLocalizer<DeclarationTexts> texts)
    {
        if (found is null)
            return [new Problem("", texts["Problem.NoRequest"])];
        if (found.Request.RoundIsClosed)
            return [new Problem("", texts["Problem.Closed", command.Year])];
        if (found.Request.State is not (DeclarationState.Answered or DeclarationState.Implausible))
            return [new Problem("", texts["Problem.NotAnswered"])];
        if (!EmailAddress.TryParse(found.Member.Email, out _, out _))
            return [new Problem("", texts["Problem.NoMail"])];
        var question = command.Question.Trim();
        return question.Length switch
        {
            0 => [new Problem(nameof(command.Question), texts["Problem.NoQuestion"])],
            > Longest => [new Problem(nameof(command.Question), texts["Problem.TooLong", Formats.Number(question.Length), Formats.Number(Longest)])],
            _ => [],
        };
    }

    public static async Task HandleAsync(ReturnDeclaration command, ReturnedAnswer found, MembershipDb db, DeclarationPost post, CancellationToken ct)
    {
        var question = command.Question.Trim();
        var number = await (await db.ConnectionAsync(ct)).ExecuteScalarAsync<int>(
            new CommandDefinition(
                """
                update membership.declaration_request
                   set drafted_at = coalesce(drafted_at, answered_at), answered_at = null, answered_via = null, question = @question,
                       questions = questions + 1
                 where id = @Id
                returning questions
                """,
                new { found.Request.Id, question },
                db.Transaction,
                cancellationToken: ct
            )
        );
        var round = (await DeclarationRound.OfYearAsync(db, command.Year, ct))!;
        await post.AskBackAsync(round, found.Request.Id, found.Member, number, question, ct);
    }
}
