using Association.Events.Booking.Keeping;
using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Platform.Messaging;
using Marten;

namespace Association.Events.Booking.Acting;

/// <summary>How a registration stands after a command.</summary>
/// <param name="Id">Which.</param>
/// <param name="State">How far.</param>
/// <param name="Refused">Why there is no seat, when it was refused now.</param>
internal sealed record RegistrationAnswer(RegistrationId Id, RegistrationState State, RefusalReason? Refused = null);

/// <summary>What a command led to, for those that it names.</summary>
/// <param name="Registrations">In the order in which they were named.</param>
internal sealed record BookAnswer(IReadOnlyList<RegistrationAnswer> Registrations)
{
    public static BookAnswer Of(BookCommand command, BookDecision decision)
    {
        var refused = decision.Facts.OfType<RegistrationRefused>().ToList();
        return new([
            .. command.Named.Select(id => new RegistrationAnswer(
                id,
                decision.Book.Registrations.GetValueOrDefault(id)?.State ?? RegistrationState.Refused,
                refused.FirstOrDefault(r => r.Seats.Count == 0 || r.Seats.Any(s => s.Id == id))?.Reason
            )),
        ]);
    }
}

internal static class PlanSeatsHandler
{
    public static async Task<OutgoingMessages> HandleAsync(
        PlanSeats command,
        BookKeeper keeper,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    ) => (await keeper.DecideAsync(command, unit, session, ct)).Messages;
}

internal static class RegisterSeatsHandler
{
    public static Task<(BookAnswer, OutgoingMessages)> HandleAsync(
        RegisterSeats command,
        BookKeeper keeper,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    ) => keeper.AnswerAsync(command, unit, session, ct);
}

internal static class CancelRegistrationsHandler
{
    public static Task<(BookAnswer, OutgoingMessages)> HandleAsync(
        CancelRegistrations command,
        BookKeeper keeper,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    ) => keeper.AnswerAsync(command, unit, session, ct);
}

internal static class AcceptOfferHandler
{
    public static Task<(BookAnswer, OutgoingMessages)> HandleAsync(
        AcceptOffer command,
        BookKeeper keeper,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    ) => keeper.AnswerAsync(command, unit, session, ct);
}

internal static class ChangeRegistrationHandler
{
    public static Task<(BookAnswer, OutgoingMessages)> HandleAsync(
        ChangeRegistration command,
        BookKeeper keeper,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    ) => keeper.AnswerAsync(command, unit, session, ct);
}

internal static class HandOverRegistrationHandler
{
    public static Task<(BookAnswer, OutgoingMessages)> HandleAsync(
        HandOverRegistration command,
        BookKeeper keeper,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    ) => keeper.AnswerAsync(command, unit, session, ct);
}

internal static class LapseOffersHandler
{
    public static async Task<OutgoingMessages> HandleAsync(
        LapseOffers command,
        BookKeeper keeper,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    ) => (await keeper.DecideAsync(command, unit, session, ct)).Messages;
}

internal static class Answering
{
    public static async Task<(BookAnswer, OutgoingMessages)> AnswerAsync(
        this BookKeeper keeper,
        BookCommand command,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    )
    {
        var written = await keeper.DecideAsync(command, unit, session, ct);
        return (BookAnswer.Of(command, written.Decision), written.Messages);
    }
}
