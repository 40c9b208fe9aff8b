using Association.Events.Booking.Acting;
using Association.Events.Booking.Keeping;
using Association.Events.Booking.Model;
using Association.Events.Registering.Form;
using Association.Platform.Messaging;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Registering.Own;

/// <summary>Takes the seat that is held for who waited. A second time changes nothing; too late, it is the next one's.</summary>
/// <param name="Key">The secret of the link.</param>
[AnyoneMay("Whoever holds the link registered, or was mailed it; it has 256 random bits.")]
internal sealed record TakeOfferedSeat(string? Key) : ICommand;

internal static class TakeOfferedSeatHandler
{
    public static Task<OpenedRegistration?> LoadAsync(
        TakeOfferedSeat command,
        IDocumentSession session,
        IUnitOfWork unit,
        TimeProvider clock,
        CancellationToken ct
    ) => OpenedRegistration.FindAsync(command.Key, session, unit, clock, ct);

    public static Problem? Validate(TakeOfferedSeat _, OpenedRegistration? opened, TimeProvider clock, IStringLocalizer<RegisterTexts> texts) =>
        OpenedRegistration.Obstacle(opened, clock, texts);

    public static Task<(BookAnswer, OutgoingMessages)> HandleAsync(
        TakeOfferedSeat _,
        OpenedRegistration opened,
        BookKeeper keeper,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    ) => keeper.AnswerAsync(new AcceptOffer(opened.Plan.EventId, opened.Registration), unit, session, ct);
}
