using System.Text.Json;
using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Events.Pricing;

/// <summary>Who pays, as it was typed; all may be empty when the member pays.</summary>
/// <param name="Name">„Klinikum Nord gGmbH“.</param>
/// <param name="Street">Street and number.</param>
/// <param name="PostalCode">As written in the country.</param>
/// <param name="Town">Town.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Reference">To be read on the invoice; may be empty.</param>
/// <param name="Collective">The member gets one invoice for all of its people.</param>
internal sealed record TypedPayer(string Name, string Street, string PostalCode, string Town, string Country, string Reference, bool Collective)
{
    public const int LongestReference = 40;

    /// <summary>Nothing but what a form says by itself.</summary>
    public static readonly TypedPayer None = new("", "", "", "", "DE", "", false);

    /// <summary>Whether nobody is named.</summary>
    public bool IsEmpty => (Name, Street, PostalCode, Town) == ("", "", "", "");

    /// <summary>Each in one line, without blanks around.</summary>
    public TypedPayer Tidied() => new(Line(Name), Line(Street), Line(PostalCode), Line(Town), Line(Country).ToUpperInvariant(), Line(Reference), Collective);

    /// <summary>What is wrong with it, each at its field; a member that pays need not be named.</summary>
    /// <param name="member">Who registers, as far as that is sure.</param>
    /// <param name="texts">Of this feature.</param>
    public IEnumerable<Problem> Problems(LiveMember? member, IStringLocalizer<PricingTexts> texts)
    {
        if (Reference.Length > LongestReference)
            yield return new(nameof(Reference), texts["Problem.TooLong", Reference.Length, LongestReference]);
        if (Collective && member is null)
            yield return new(nameof(Collective), texts["Problem.Collective"]);
        if (IsEmpty && member is not null)
            yield break;
        if (Collective && !IsEmpty)
            yield return new("PayerName", texts["Problem.CollectiveAddress"]);
        if (Name.Length == 0)
            yield return new("PayerName", texts["Problem.PayerName"]);
        foreach (var fault in PostalAddress.Faults(Street, PostalCode, Town, Country))
            yield return new(
                fault switch
                {
                    AddressFault.NoStreet => nameof(Street),
                    AddressFault.NoPostalCode => nameof(PostalCode),
                    AddressFault.NoTown => nameof(Town),
                    _ => nameof(Country),
                },
                texts[$"Problem.{fault}"]
            );
        foreach (var (field, text) in new[] { ("PayerName", Name), (nameof(Street), Street), (nameof(Town), Town) })
            if (text.Length > 200)
                yield return new(field, texts["Problem.TooLong", text.Length, 200]);
    }

    private static string Line(string text) => CleanText.Line(text).Trim();
}

/// <summary>A seat and the ticket that was chosen for it.</summary>
internal sealed record TicketedSeat(RegistrationId Registration, Guid? Ticket);

/// <summary>Notes what seats cost and who pays, and bills those that are accepted.</summary>
internal sealed class Payers(IUnitOfWork unit, Bills bills)
{
    /// <summary>Of seats that were just decided on. Called again for the same form it finds what it wrote.</summary>
    /// <param name="plan">Of the event: its prices hold from now on.</param>
    /// <param name="group">The form.</param>
    /// <param name="seats">All that have or await a seat.</param>
    /// <param name="member">Who registers, as far as that is sure.</param>
    /// <param name="typed">Who pays; empty: the member.</param>
    /// <param name="first">Who registers: gets the invoice by mail, unless the member pays.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>What is to be sent.</returns>
    public async Task<OutgoingMessages> ChargeAsync(
        EventPlan plan,
        GroupId group,
        IReadOnlyList<TicketedSeat> seats,
        LiveMember? member,
        TypedPayer typed,
        (string Email, string Language) first,
        CancellationToken ct
    )
    {
        var priced = seats.Select(s => (s.Registration, Ticket: plan.Tickets.FirstOrDefault(t => t.Id == s.Ticket))).Where(s => s.Ticket?.Price > Money.Zero);
        var fees = priced.ToList();
        if (fees.Count == 0)
            return [];
        var byMember = typed.IsEmpty && member is not null;
        await unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into events.payer (id, event_id, group_id, member_id, name, address, email, language, reference, collective)
                values (@id, @Event, @group, @member, @name, @address::jsonb, @Email, @Language, @reference, @collective) on conflict (group_id) do nothing;
                insert into events.fee (registration_id, payer_id, ticket, amount, vat_percent, no_vat)
                select seat, p.id, ticket, amount, percent, reason from events.payer p
                 cross join unnest(@seats, @tickets, @amounts, @percents, @reasons) as f (seat, ticket, amount, percent, reason)
                 where p.group_id = @group on conflict (registration_id) do nothing;
                """,
                new
                {
                    id = Guid.CreateVersion7(),
                    Event = plan.Id,
                    group = group.Value,
                    member = byMember ? member!.Id.Value : (Guid?)null,
                    name = byMember ? member!.Name : typed.Name,
                    address = JsonSerializer.Serialize(
                        byMember
                            ? new PrintedAddress([member!.Name], "", "", "DE") // what stands on the invoice is what the member's card says then
                            : new PrintedAddress([typed.Name, typed.Street], typed.PostalCode, typed.Town, typed.Country),
                        EventBills.Json
                    ),
                    first.Email,
                    first.Language,
                    reference = typed.Reference.Length > 0 ? typed.Reference : null,
                    collective = byMember && typed.Collective,
                    seats = fees.Select(f => f.Registration.Value).ToArray(),
                    tickets = fees.Select(f => f.Ticket!.Id).ToArray(),
                    amounts = fees.Select(f => f.Ticket!.Price.Amount).ToArray(),
                    percents = fees.Select(f => f.Ticket!.VatPercent).ToArray(),
                    // A price of before the reason was asked for is one of teaching: that is what an association's events are.
                    reasons = fees.Select(f => f.Ticket!.VatPercent > 0 ? null : EnumText.Of(f.Ticket.NoVat ?? NoVatReason.Teaching)).ToArray(),
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
        return await bills.RaiseAsync(plan, [.. fees.Select(f => f.Registration)], ct);
    }
}

/// <summary>Who may take a ticket.</summary>
internal static class TicketRights
{
    /// <summary>Whether this ticket is for whoever registers.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="member">Who registers, as far as that is sure.</param>
    public static bool IsFor(this Ticket ticket, LiveMember? member) =>
        ticket.For switch
        {
            TicketFor.Members => member is not null,
            TicketFor.Categories => member is not null && ticket.Categories.Contains(member.Category),
            _ => true,
        };
}
