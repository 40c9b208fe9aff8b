using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Events.Registering.Form;
using Association.Events.Registering.Mails;
using Association.Platform.Messaging;
using Dapper;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Registering.Own;

/// <summary>What a personal link opens, for who wants to change it.</summary>
internal sealed record OpenedRegistration(RegistrationId Registration, EventPlan Plan)
{
    /// <summary>Null when the link is unknown or over.</summary>
    public static async Task<OpenedRegistration?> FindAsync(string? key, IDocumentSession session, IUnitOfWork unit, TimeProvider clock, CancellationToken ct)
    {
        if (await RegistrationMails.Links.FindAsync(unit.Connection, key, clock.GetUtcNow(), ct) is not { } id)
            return null;
        var of = await unit.Connection.ExecuteScalarAsync<Guid>(
            new CommandDefinition("select event_id from events.registration where id = @id", new { id }, unit.Transaction, cancellationToken: ct)
        );
        return await session.LoadAsync<EventPlan>(of, ct) is { } plan ? new OpenedRegistration(new(id), plan) : null;
    }

    /// <summary>Why nothing of it can be changed any more; null when it can.</summary>
    public static Problem? Obstacle(OpenedRegistration? opened, TimeProvider clock, IStringLocalizer<RegisterTexts> texts) =>
        opened is null ? new Problem("", texts["Problem.Unknown"])
        : opened.Plan.IsOver(clock.GetUtcNow()) ? new Problem("", texts["Problem.Over"])
        : null;
}
