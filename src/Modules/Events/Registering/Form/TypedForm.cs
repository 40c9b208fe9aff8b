using Association.Events.Booking.Model;
using Association.Events.Planning.Model;
using Association.Events.Pricing;
using Association.Platform.Data.Kernel;

namespace Association.Events.Registering.Form;

/// <summary>A form as it counts: tidied, with who registers as the first of all who come.</summary>
/// <param name="Form">Its id.</param>
/// <param name="People">At least one.</param>
/// <param name="MemberNumber">May be empty.</param>
/// <param name="Privacy">The privacy notice was read.</param>
/// <param name="Site">Where the page was opened.</param>
/// <param name="Together">All or nobody.</param>
/// <param name="Payer">May be empty.</param>
internal sealed record TypedForm(Guid Form, IReadOnlyList<FormPerson> People, string MemberNumber, bool Privacy, string Site, bool Together, TypedPayer Payer)
{
    public FormPerson First => People[0];

    public static TypedForm Of(RegisterForEvent command)
    {
        var first = new FormPerson(command.Form, command.Attendee.Tidied(), command.Ticket, [.. command.Sessions.Distinct()], Lines(command.Remark));
        return new(
            command.Form,
            [first, .. (command.Others ?? []).Select(o => Along(o, first.Who))],
            CleanText.Line(command.MemberNumber).Trim(),
            command.Privacy,
            command.Site,
            command.Together,
            (command.Payer ?? TypedPayer.None).Tidied()
        );
    }

    private static FormPerson Along(Companion other, Attendee first)
    {
        var who = new Attendee(other.Name, first.Organisation, other.Email, first.Language).Tidied();
        return new(other.Id, who.Email.Length > 0 ? who : who with { Email = first.Email }, other.Ticket, [.. other.Sessions.Distinct()], Lines(other.Remark));
    }

    private static string Lines(string text) => CleanText.Lines(text).Trim();
}

/// <summary>One of those who come.</summary>
/// <param name="Id">Of the registration.</param>
/// <param name="Who">Tidied; mails about who has no address of her own go to who registers.</param>
/// <param name="Ticket">As chosen.</param>
/// <param name="Sessions">As chosen, each once.</param>
/// <param name="Remark">May be empty.</param>
internal sealed record FormPerson(Guid Id, Attendee Who, Guid? Ticket, IReadOnlyList<Guid> Sessions, string Remark)
{
    /// <summary>Of which pools a seat is asked.</summary>
    public IReadOnlyList<PoolId> NeedsIn(EventPlan plan) => [.. Sessions.Append((plan.Tickets.Count > 0 ? Ticket : null) ?? plan.Id).Select(PoolId.From)];
}
