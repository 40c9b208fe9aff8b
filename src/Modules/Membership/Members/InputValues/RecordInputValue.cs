using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Clarifications;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.InputValues;

/// <summary>Records what dues are measured by, as of a day. A second value of the same day corrects the first.</summary>
/// <param name="MemberId">Whose.</param>
/// <param name="Measure">Beds, staff or inhabitants.</param>
/// <param name="Value">A count.</param>
/// <param name="AsOf">Stichtag.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="SourceNote">Which document or call; may be empty.</param>
/// <param name="AcceptForYear">The dues year for which the value counts although its day is not 31.12. of the year before; null: it does not.</param>
/// <param name="Resolves">A clarification that this answers.</param>
[Permission(MembersFeature.Edit)]
internal sealed record RecordInputValue(
    MemberId MemberId,
    Measure Measure,
    long Value,
    DateOnly AsOf,
    ValueSource Source,
    string SourceNote = "",
    int? AcceptForYear = null,
    ClarificationId? Resolves = null
) : ICommand;

internal static class RecordInputValueHandler
{
    /// <summary>More beds, people or inhabitants than this has nobody.</summary>
    private const long Most = 99_999_999;

    public static Task<InputValue?> LoadAsync(RecordInputValue command, MembershipDb db, CancellationToken ct) =>
        db.InputValues.SingleOrDefaultAsync(v => v.MemberId == command.MemberId && v.Measure == command.Measure && v.AsOf == command.AsOf, ct);

    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        RecordInputValue command,
        MembershipDb db,
        IStringLocalizer<MembersTexts> texts,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (!await db.Members.AnyAsync(m => m.Id == command.MemberId, ct))
            return [new("", texts["Problem.MemberGone"])];
        var problems = new List<Problem>();
        if (command.Value < 0)
            problems.Add(new(nameof(command.Value), texts["Problem.ValueNegative"]));
        if (command.Value > Most)
            problems.Add(new(nameof(command.Value), texts["Problem.ValueTooBig", Formats.Number(Most)]));
        var latest = ReferenceDate.Of(clock.Today().Year + 1);
        if (command.AsOf > latest || command.AsOf.Year < 1990)
            problems.Add(new(nameof(command.AsOf), texts["Problem.AsOf", Formats.Of(latest)]));
        if (TidyText.Line(command.SourceNote) is { Length: > 300 } note)
            problems.Add(new(nameof(command.SourceNote), texts["Problem.TooLong", note.Length, 300]));
        if (command.AcceptForYear is < 2000 or > 2200)
            problems.Add(new(nameof(command.AcceptForYear), texts["Problem.Year"]));
        return problems;
    }

    public static async Task<MembersChanged> Handle(
        RecordInputValue command,
        InputValue? known,
        MembershipDb db,
        IStringLocalizer<MembersTexts> texts,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (known is null)
        {
            known = new InputValue
            {
                Id = InputValueId.New(),
                MemberId = command.MemberId,
                Measure = command.Measure,
                AsOf = command.AsOf,
                Value = 0,
                Source = command.Source,
                RecordedAt = clock.GetUtcNow(),
            };
            db.InputValues.Add(known);
        }
        (known.Value, known.Source, known.SourceNote, known.RecordedAt) = (
            (int)command.Value,
            command.Source,
            StoredText.Value(TidyText.Line(command.SourceNote)),
            clock.GetUtcNow()
        );
        if (command.AcceptForYear is { } year)
            known.Accept(year, user.Id.Value, user.Actor.Name, clock.GetUtcNow());
        await Resolution.OfAsync(db, command.Resolves, texts["Resolution.InputValue"], user, clock, ct);
        return new MembersChanged([command.MemberId]);
    }
}

/// <summary>The day as of which the regulation asks for values (§ 2).</summary>
internal static class ReferenceDate
{
    /// <summary>31 December of the year before the dues year.</summary>
    public static DateOnly Of(int duesYear) => new(duesYear - 1, 12, 31);
}
