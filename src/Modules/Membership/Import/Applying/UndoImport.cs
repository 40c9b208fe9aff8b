using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Import.Applying;

/// <summary>Takes an import back as a whole: what it created goes, what it changed is as before.</summary>
/// <remarks>Possible until one of its members was billed or edited since; then the answer names them.</remarks>
[Permission(ImportFeature.Run)]
internal sealed record UndoImport(Guid Import) : ICommand;

/// <summary>Why an import cannot be taken back, in the words in which the command would refuse; before somebody is asked whether to.</summary>
[Permission(ImportFeature.Run)]
internal sealed record ReadUndoRefusal(Guid Import) : IQuery<UndoRefusal>;

/// <summary>The answer.</summary>
/// <param name="Reason">Null when it can be taken back.</param>
internal sealed record UndoRefusal(string? Reason);

internal static class ReadUndoRefusalHandler
{
    public static async Task<UndoRefusal> HandleAsync(
        ReadUndoRefusal query,
        IBilledMembers books,
        MembershipDb db,
        IStringLocalizer<ImportTexts> texts,
        CancellationToken ct
    ) => new((await UndoImportHandler.RefusalAsync(await UndoImportHandler.StateAsync(query.Import, db, ct), books, db, texts, ct))?.Text);
}

/// <summary>The state of an import, and what keeps it from being undone.</summary>
/// <param name="Edited">Members with what was changed or added since.</param>
/// <param name="Decided">Rows without a member of this import about which somebody decided since.</param>
/// <param name="Charged">Members with a claim on them.</param>
internal sealed record UndoState(
    Guid Import,
    bool Undone,
    IReadOnlyList<MemberId> Members,
    IReadOnlyList<(string Who, string What)> Edited,
    IReadOnlyList<int> Decided,
    IReadOnlyList<string> Charged
);

internal static class UndoImportHandler
{
    private const int Chunk = 500;
    private const int Named = 10;

    public static async Task<UndoState?> LoadAsync(UndoImport command, MembershipDb db, CancellationToken ct)
    {
        await db.OneAtATimeAsync("membership.import", ct);
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(UndoSql.Lock, new { import = command.Import }, db.Transaction, cancellationToken: ct)
        );
        return await StateAsync(command.Import, db, ct);
    }

    /// <summary>How it stands; null when there is no such import.</summary>
    public static async Task<UndoState?> StateAsync(Guid import, MembershipDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var undone = await connection.QuerySingleOrDefaultAsync<bool?>(Sql(UndoSql.State));
        if (undone is not { } already)
            return null;
        var members = (await connection.QueryAsync<Guid>(Sql(UndoSql.Members))).Select(id => new MemberId(id)).ToArray();
        return new UndoState(
            import,
            already,
            members,
            [.. await connection.QueryAsync<(string, string)>(Sql(UndoSql.Edited))],
            [.. await connection.QueryAsync<int>(Sql(UndoSql.Decided))],
            [.. await connection.QueryAsync<string>(Sql(UndoSql.Charged))]
        );

        CommandDefinition Sql(string text) => new(text, new { import }, db.Transaction, cancellationToken: ct);
    }

    public static Task<Problem?> ValidateAsync(
        UndoImport _,
        UndoState? state,
        IBilledMembers books,
        MembershipDb db,
        IStringLocalizer<ImportTexts> texts,
        CancellationToken ct
    ) => RefusalAsync(state, books, db, texts, ct);

    /// <summary>What keeps it from being taken back; null when nothing does.</summary>
    public static async Task<Problem?> RefusalAsync(
        UndoState? state,
        IBilledMembers books,
        MembershipDb db,
        IStringLocalizer<ImportTexts> texts,
        CancellationToken ct
    )
    {
        if (state is null)
            return new Problem("", texts["Undo.Unknown"]);
        if (state.Undone)
            return new Problem("", texts["Undo.Already"]);
        var billed = await books.BilledAsync(state.Members, ct);
        if (billed.Count > 0 || state.Charged.Count > 0)
        {
            var connection = await db.ConnectionAsync(ct);
            var names = await connection.QueryAsync<string>(
                new CommandDefinition(UndoSql.Names, new { members = billed.Select(m => m.Value).ToArray() }, db.Transaction, cancellationToken: ct)
            );
            return new Problem("", texts["Undo.Billed", List([.. names.Union(state.Charged)])]);
        }
        if (state.Edited.Count > 0)
            return new Problem("", texts["Undo.Edited", List([.. state.Edited.Select(e => $"{e.Who} ({Words(e.What)})")])]);
        return state.Decided.Count > 0 ? new Problem("", texts["Undo.Decided", List([.. state.Decided.Select(row => $"{row}")])]) : null;

        string Words(string what) => string.Join(", ", what.Split(',').Select(part => texts["Undo.What." + part].Value));

        string List(IReadOnlyList<string> names) =>
            names.Count <= Named ? string.Join(", ", names) : texts["Undo.AndMore", string.Join(", ", names.Take(Named)), new Count(names.Count - Named)];
    }

    public static async Task HandleAsync(
        UndoImport command,
        UndoState state,
        MembershipDb db,
        CurrentUser user,
        TimeProvider clock,
        IMessageBus bus,
        CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        foreach (var statement in UndoSql.Steps)
            await connection.ExecuteAsync(
                new CommandDefinition(
                    statement,
                    new
                    {
                        import = command.Import,
                        now = clock.GetUtcNow(),
                        by = user.Actor.Name,
                    },
                    db.Transaction,
                    cancellationToken: ct
                )
            );
        foreach (var members in state.Members.Chunk(Chunk))
            await bus.PublishAsync(new MembersChanged(members), ct);
    }
}
