using System.Globalization;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Members.Demo;

/// <summary>An invented membership for trying the product: all categories, contacts, values, mandates, a few things to clarify.</summary>
/// <remarks>The same at every start: what varies, varies by the position in the list.</remarks>
internal sealed class DemoMembers(MembershipDb db, IMessageBus bus, TimeProvider clock) : IDemoData
{
    private const int FirstNumber = 5001; // beside the numbers of the sample lists, which are imported into a demo installation

    public int Order => 100;

    public async Task<string?> SeedAsync(CancellationToken ct)
    {
        if (await db.Members.AnyAsync(ct))
            return null;
        // the history shall name who invented them, not the database's user
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition("select set_config('association.user_name', 'Demodaten', false)", cancellationToken: ct)
        );
        var (today, now) = (clock.Today(), clock.GetUtcNow());
        var plans = DemoNames.All().ToList();
        for (var i = 0; i < plans.Count; i++)
            Add(plans[i], i, today, now);
        var members = db.Members.Local.Select(m => m.Id).ToList();
        await db.SaveChangesAsync(ct);
        // who keeps a copy of members makes it of these, too
        foreach (var some in members.Chunk(500))
            await bus.PublishAsync(new MembersChanged(some), ct);
        return string.Create(CultureInfo.InvariantCulture, $"{plans.Count} Mitglieder");
    }

    private void Add(DemoPlan plan, int i, DateOnly today, DateTimeOffset now)
    {
        var number = (FirstNumber + i).ToString(CultureInfo.InvariantCulture);
        var (postalCode, town) = DemoNames.Towns[i * 5 % DemoNames.Towns.Length];
        var mandate = plan.Category is not ("municipality" or "ministry") && i % 5 is 1 or 3;
        var joined = new DateOnly(2008 + (i * 7 % 18), 1 + (i * 5 % 12), 1 + (i * 11 % 28));
        var member = new Member
        {
            Id = MemberId.New(),
            Number = number,
            Kind = plan.Category == "person" ? MemberKind.Person : MemberKind.Organisation,
            Name = plan.Name,
            Category = plan.Category,
            JoinedOn = joined,
            Address = new Address(
                "",
                string.Create(CultureInfo.InvariantCulture, $"{DemoNames.Streets[i * 3 % DemoNames.Streets.Length]} {1 + (i * 13 % 140)}"),
                postalCode,
                town,
                town == "Forbach" ? "FR" : "DE"
            ),
            Language = town == "Forbach" ? "fr" : "de",
            Email = string.Create(CultureInfo.InvariantCulture, $"post-{number}@example.com"),
            Phone = i % 3 == 0 ? "0681 9 12-340" : null,
            NoPost = i % 14 == 6,
            Iban = mandate ? Iban(i) : null,
            MandateReference = mandate ? "M-" + number : null,
            MandateSignedOn = mandate ? joined.AddDays(9) : null,
            PaymentRoute = mandate ? PaymentRoute.DirectDebit : PaymentRoute.Transfer,
            BuyerReference = plan.Category == "ministry" ? "04011000-1234512345-06" : null,
        };
        if (i % 23 == 9)
            (member.LeftOn, member.LeftReason, member.NoticeReceivedOn) = (
                new DateOnly(today.Year, 12, 31),
                LeavingReason.Resignation,
                new DateOnly(today.Year, 9, 14)
            );
        db.Members.Add(member);
        db.PriorDues.Add(
            new PriorDues
            {
                MemberId = member.Id,
                Year = today.Year,
                Amount = plan.DuesLastTime,
            }
        );
        if (plan is { Measure: { } measure, Value: { } value })
            db.InputValues.Add(Value(member, measure, value, today, now, accepted: i % 6 != 2));
        if (member.Kind == MemberKind.Organisation)
            AddPeople(member, i, today);
        if (DemoNames.ToClarify(i) is { } open)
            db.Clarifications.Add(
                new Clarification
                {
                    Id = ClarificationId.New(),
                    MemberId = member.Id,
                    Kind = open.Kind,
                    Text = open.Text,
                    Value = open.Value,
                    Source = "mitgliederliste.xlsx",
                    SourceRow = i + 5,
                    CreatedAt = now,
                }
            );
    }

    private void AddPeople(Member member, int i, DateOnly today)
    {
        var first = Person(member, DemoNames.People[i % DemoNames.People.Length]);
        Function(first, i % 2 == 0 ? FunctionKind.Management : FunctionKind.Contact, new DateOnly(2019 + (i % 6), 1, 1));
        Function(first, FunctionKind.Voting, new DateOnly(today.Year - 1, 1, 1));
        if (i % 3 != 0)
            return;
        var place = ((i * 7) + 3) % DemoNames.People.Length;
        if (place == i % DemoNames.People.Length)
            place = (place + 1) % DemoNames.People.Length; // somebody else than the first
        var second = Person(member, DemoNames.People[place]);
        // one in four of them leaves soon, and nobody follows yet
        Function(second, FunctionKind.Billing, new DateOnly(2021, 3, 15), i % 12 == 0 ? today.AddDays(40) : null);
    }

    private Contact Person(Member member, string name)
    {
        var contact = new Contact
        {
            Id = ContactId.New(),
            MemberId = member.Id,
            Name = name,
            Email = DemoNames.MailOf(name),
        };
        db.Contacts.Add(contact);
        return contact;
    }

    private void Function(Contact contact, FunctionKind kind, DateOnly from, DateOnly? to = null) =>
        db.Functions.Add(
            new ContactFunction
            {
                Id = ContactFunctionId.New(),
                ContactId = contact.Id,
                MemberId = contact.MemberId,
                Kind = kind,
                ValidFrom = from,
                ValidTo = to,
            }
        );

    private static InputValue Value(Member member, Measure measure, int value, DateOnly today, DateTimeOffset now, bool accepted)
    {
        var declared = new InputValue
        {
            Id = InputValueId.New(),
            MemberId = member.Id,
            Measure = measure,
            Value = value,
            AsOf = new DateOnly(today.Year - 1, 12, 31),
            Source = ValueSource.SelfDeclaration,
            RecordedAt = now,
        };
        var office = DemoPeople.All[0];
        if (accepted)
            declared.Accept(today.Year + 1, office.Id.Value, office.Name, now);
        return declared;
    }

    // The bank is invented, the check digits are right (ISO 13616: 98 minus the remainder of bank, account, DE as 1314, 00).
    private static string Iban(int i)
    {
        var account = string.Create(CultureInfo.InvariantCulture, $"59190000{100_000_007L + (i * 7_654_321L):D10}");
        var check = 98 - (int)(UInt128.Parse(account + "131400", CultureInfo.InvariantCulture) % 97);
        return string.Create(CultureInfo.InvariantCulture, $"DE{check:D2}{account}");
    }
}
