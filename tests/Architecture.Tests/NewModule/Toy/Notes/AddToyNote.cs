using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Toy.Notes;

/// <summary>Writes a note.</summary>
/// <param name="Text">What it says.</param>
[Permission(ToyModule.Write)]
internal sealed record AddToyNote(string Text) : ICommand;

internal static class AddToyNoteHandler
{
    public static IEnumerable<Problem> Validate(AddToyNote command, IStringLocalizer<ToyTexts> texts)
    {
        if (string.IsNullOrWhiteSpace(command.Text))
            yield return new(nameof(command.Text), texts["Problem.Empty"]);
    }

    public static Task HandleAsync(AddToyNote command, IUnitOfWork unit, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                "insert into toy.note (id, text) values (@Id, @Text)",
                new { Id = Guid.CreateVersion7(), command.Text },
                unit.Transaction,
                cancellationToken: ct
            )
        );
}
