using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Contacts;

/// <summary>Ends one function of a contact, or all of them because the person leaves. Answers <see cref="FunctionsEnded"/>.</summary>
/// <param name="ContactId">Who.</param>
/// <param name="FunctionId">Which function; null: everything that the person holds on that day and later.</param>
/// <param name="LastDay">The function counts until the end of this day, also when it lies ahead.</param>
[Permission(MembersFeature.Edit)]
internal sealed record EndFunction(ContactId ContactId, ContactFunctionId? FunctionId, DateOnly LastDay) : ICommand;

/// <summary>What ended.</summary>
/// <param name="NeedSuccessor">The functions among them that nobody else holds beyond the last day.</param>
internal sealed record FunctionsEnded(IReadOnlyList<ContactFunction> NeedSuccessor);

internal static class EndFunctionHandler
{
    public static async Task<IReadOnlyList<ContactFunction>> LoadAsync(EndFunction command, MembershipDb db, CancellationToken ct) =>
        await db
            .Functions.Where(f =>
                f.ContactId == command.ContactId && (command.FunctionId == null ? f.ValidTo == null || f.ValidTo > command.LastDay : f.Id == command.FunctionId)
            )
            .ToListAsync(ct);

    public static Problem? Validate(EndFunction command, IReadOnlyList<ContactFunction> functions, IStringLocalizer<MembersTexts> texts)
    {
        if (functions.Count == 0)
            return new("", texts["Problem.NothingToEnd"]);
        return functions.Max(f => f.ValidFrom) is { } start && start > command.LastDay
            ? new(nameof(command.LastDay), texts["Problem.EndsBeforeItBegins", Formats.Of(start)])
            : null;
    }

    public static async Task<(FunctionsEnded, MembersChanged)> Handle(
        EndFunction command,
        IReadOnlyList<ContactFunction> functions,
        MembershipDb db,
        CancellationToken ct
    )
    {
        var member = functions[0].MemberId;
        foreach (var function in functions)
            function.ValidTo = command.LastDay;
        var ended = functions.Select(f => f.Id).ToHashSet();
        var later = await db.Functions.AsNoTracking().Where(f => f.MemberId == member && (f.ValidTo == null || f.ValidTo > command.LastDay)).ToListAsync(ct);
        later.RemoveAll(f => ended.Contains(f.Id));
        var open = functions.Where(f => SuccessorRule.Wanted(f.Kind) && !later.Any(l => l.Kind == f.Kind));
        return (new FunctionsEnded([.. open]), new MembersChanged([member]));
    }
}

internal static class SuccessorRule
{
    /// <summary>A deputy or a special task may lapse; everything else is somebody's from one day to the next.</summary>
    public static bool Wanted(FunctionKind kind) => kind is not (FunctionKind.Deputy or FunctionKind.Other);
}
