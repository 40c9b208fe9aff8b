using System.Globalization;
using Association.Events.Planning.Model;
using Association.Events.Pricing;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Association.Events.Registering.Form;

/// <summary>What is wrong with a form, each at its field; fields of who comes along are named with a number behind: <c>Name.2</c>.</summary>
internal sealed class FormProblems(TimeProvider clock, IStringLocalizer<RegisterTexts> texts, IStringLocalizer<PricingTexts> pricing)
{
    /// <summary>So many forms with one mail address in a day are enough: nobody fills a stranger's mailbox with confirmations.</summary>
    public const int MostADay = 3;

    private const int LongestNumber = 40;
    private const int LongestRemark = 1000;

    public IEnumerable<Problem> Of(TypedForm form, Arrival arrival)
    {
        if (arrival.Plan is not { } plan)
            return [new("", texts["Problem.Gone"])];
        if (arrival.Known.Count > 0)
            return IsSame(arrival.Known, form, plan) ? [] : [new("", texts["Problem.Sent"])];
        if (RegistrationDoor.Of(plan, [], clock.GetUtcNow()) is not Door.Open and var door)
            return [new("", texts[$"Door.{door}"])];
        if (form.Form == Guid.Empty || form.People.DistinctBy(p => p.Id).Count() < form.People.Count)
            return [new("", texts["Problem.Form"])];
        if (!PublicAddress.IsSite(form.Site) || !Words.Languages.Contains(form.First.Who.Language))
            return [new("", texts["Problem.Form"])];
        if (form.People.Count > plan.Registration.MostAtOnce)
            return [new("", texts["Problem.Group", new Count(plan.Registration.MostAtOnce)])];
        return
        [
            .. form.People.SelectMany((p, i) => Person(p.Who, i).Concat(Remark(p, i)).Concat(Choice(p, i, plan, arrival.Member))),
            .. Form(form, arrival.Others),
            .. form.People.Any(p => Price(p, plan) > Money.Zero) ? form.Payer.Problems(arrival.Member, pricing) : [],
        ];
    }

    /// <summary>The field of the first person, or of one who comes along.</summary>
    public static string Field(string name, int person) => person == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{person}");

    private IEnumerable<Problem> Form(TypedForm form, int others)
    {
        if (others >= MostADay)
            yield return new(nameof(form.First.Who.Email), texts["Problem.TooMany", form.First.Who.Email]);
        if (form.MemberNumber.Length > LongestNumber)
            yield return new(nameof(form.MemberNumber), texts["Problem.TooLong", form.MemberNumber.Length, LongestNumber]);
        if (!form.Privacy)
            yield return new(nameof(form.Privacy), texts["Problem.Privacy"]);
    }

    /// <summary>Of who comes.</summary>
    /// <param name="who">Tidied.</param>
    /// <param name="i">0 for the first, or how many stand before.</param>
    public IEnumerable<Problem> Person(Attendee who, int i = 0)
    {
        if (who.Name.Length == 0)
            yield return new(Field(nameof(who.Name), i), texts["Problem.Name"]);
        if (!EmailAddress.TryParse(who.Email, out _, out _))
            yield return new(Field(nameof(who.Email), i), who.Email.Length == 0 ? texts["Problem.NoEmail"] : texts["Problem.Email", who.Email]);
        foreach (
            var (field, text, longest) in new[]
            {
                (nameof(who.Name), who.Name, Attendee.Longest),
                (nameof(who.Organisation), who.Organisation, Attendee.Longest),
            }
        )
            if (text.Length > longest)
                yield return new(Field(field, i), texts["Problem.TooLong", text.Length, longest]);
    }

    private IEnumerable<Problem> Remark(FormPerson person, int i)
    {
        if (person.Remark.Length > LongestRemark)
            yield return new(Field(nameof(person.Remark), i), texts["Problem.TooLong", person.Remark.Length, LongestRemark]);
    }

    private IEnumerable<Problem> Choice(FormPerson person, int i, EventPlan plan, LiveMember? member)
    {
        if (plan.Tickets.Count > 0)
        {
            if (RegistrationDoor.TicketsOf(plan, clock.GetUtcNow()).FirstOrDefault(t => t.Id == person.Ticket) is not { } ticket)
                yield return new(Field(nameof(person.Ticket), i), texts["Problem.Ticket"]);
            else if (!ticket.IsFor(member))
                // The same words whether the number is nobody's or the address is not known there: a stranger learns nothing of it.
                yield return member is null
                    ? new(nameof(RegisterForEvent.MemberNumber), texts["Problem.NotKnown"])
                    : new(Field(nameof(person.Ticket), i), texts["Problem.OtherCategory", member.Name]);
        }
        foreach (var problem in Sessions(person.Sessions, i, plan))
            yield return problem;
    }

    /// <summary>Of the parts that somebody chose, each once.</summary>
    public IEnumerable<Problem> Sessions(IReadOnlyList<Guid> sessions, int i, EventPlan plan)
    {
        var chosen = plan.Bookable.Where(s => sessions.Contains(s.Id)).ToList();
        if (chosen.Count < sessions.Count)
            yield return new(Field("Sessions", i), texts["Problem.Session"]);
        foreach (var (one, next) in chosen.Zip(chosen.Skip(1)))
            if (next.Starts < one.Ends)
                yield return new(Field("Sessions", i), texts["Problem.SameTime", one.Title.In(Words.Reader), next.Title.In(Words.Reader)]);
    }

    private static Money Price(FormPerson person, EventPlan plan) => plan.Tickets.FirstOrDefault(t => t.Id == person.Ticket)?.Price ?? Money.Zero;

    private static bool IsSame(IReadOnlyList<KnownForm> known, TypedForm form, EventPlan plan) =>
        known.Count == form.People.Count && form.People.All(p => known.FirstOrDefault(k => k.Id == p.Id) is { } k && IsSame(k, p, form, plan));

    private static bool IsSame(KnownForm known, FormPerson person, TypedForm form, EventPlan plan) =>
        known.Event == plan.Id
        && new Attendee(known.Name, known.Organisation, known.Email, known.Language) == person.Who
        && (known.MemberNumber, known.Remark) == (form.MemberNumber, person.Remark)
        && person.NeedsIn(plan).Select(n => n.Value).Append(plan.Id).ToHashSet().SetEquals(known.Needs);
}
