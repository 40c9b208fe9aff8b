using System.Text;
using Association.Billing.Accounts.Opening;
using Association.Billing.Accounts.Refunds;
using Association.Billing.Invoices.Cancelling;
using Association.Billing.Invoices.Relief;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Payments;
using Association.Board.Tests.Reading;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Xunit;

namespace Association.Board.Tests;

/// <summary>
/// Class fixture: two dues years as an office lives them, and the report of 2027 made on 5.12.2027. Members come, go and change their category; invoices are
/// paid, paid in part, paid twice, cancelled after a payment and set off; values are missing, dues are reduced and freed.
/// </summary>
public sealed class SeededYear : IAsyncLifetime
{
    /// <summary>Names that a spreadsheet would take for formulas.</summary>
    public static readonly string[] HostileNames = ["=HYPERLINK(\"http://x\",\"y\")", "+1", "@SUM(A1)", "-1", "'=1+1"];

    private BoardOffice? _office;

    internal BoardOffice Office => _office!;

    internal Workbook Book { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var office = _office = await BoardOffice.OpenAsync(new DateOnly(2026, 11, 23));
        var hospital = await office.MemberAsync("hospital", "Waldkrankenhaus Lebach gGmbH", value: 640);
        await office.MemberAsync("hospital", "Klinikum ohne Bettenzahl");
        var insurer = await office.MemberAsync("insurer", "Saarländische Betriebskrankenkasse", joined: null);
        var company = await office.MemberAsync("company", "Sanitätshaus Öztürk", value: 12);
        var practice = await office.MemberAsync("practice", "Praxis am Wald");
        var collected = await office.MemberAsync("practice", "Markt-Apotheke", route: "direct_debit");
        var person = await office.MemberAsync("person", "Hürter, Katrin");
        var honoured = await office.MemberAsync("person", "Ehrenfried, Otto");
        var dead = await office.MemberAsync("person", "Selig, Maria");
        await office.MemberAsync("person", "Abgang, Rosa");
        var reduced = await office.MemberAsync("research", "Hochschule für Pflege");
        foreach (var name in HostileNames)
            await office.MemberAsync("person", name);
        await office.ReductionAsync(honoured, 100, 2027, kind: "honorary");
        await office.ReductionAsync(reduced, 50, 2027, 2027);
        await office.ExecuteAsync("update membership.member set next_category = 'research', next_category_on = '2027-01-01' where name = 'Praxis am Wald'");
        await office.ExecuteAsync(
            "update membership.member set left_on = '2026-12-31', left_reason = 'resignation', notice_received_on = '2026-08-14' where name = 'Abgang, Rosa'"
        );
        await office.ExecuteAsync("update membership.member set left_on = '2027-05-02', left_reason = 'death' where name = 'Selig, Maria'");
        await office.ExecuteAsync(
            """
            insert into membership.clarification (id, member_id, kind, text) select gen_random_uuid(), id, 'reduction', 'Ermäßigt laut Vorstand: um wie viel?'
              from membership.member where name = 'Hürter, Katrin';
            insert into membership.clarification (id, kind, text) values (gen_random_uuid(), 'duplicate', 'Zeile 14 gleicht Mitglied 1003.');
            """
        );
        await office.ChargeAsync(2027);
        office.Office.Clock.SetToday(new DateOnly(2026, 12, 15));
        await PayAsync(insurer, 2027, 2775m, new DateOnly(2026, 12, 10));

        office.Office.Clock.SetToday(new DateOnly(2027, 4, 12));
        await PayAsync(hospital, 2027, 2000m, new DateOnly(2027, 3, 1));
        await PayAsync(company, 2027, 500m, new DateOnly(2027, 3, 5)); // 50 more than owed
        await PayAsync(collected, 2027, 120m, new DateOnly(2027, 2, 15));
        await PayAsync(person, 2027, 20m, new DateOnly(2027, 3, 31));
        await office.InvokeAsync<CancelledInvoice>("office", new CancelInvoice(await office.InvoiceAsync(person, 2027), "Falsche Kategorie"));
        await office.MemberAsync("welfare", "Rotes Kreuz Homburg", joined: "2027-04-01", value: 120);
        await office.MemberAsync("company", "Kurz dabei GmbH", joined: "2027-02-01", value: 5);
        await office.ExecuteAsync("update membership.member set left_on = '2027-12-31', left_reason = 'exclusion' where name = 'Kurz dabei GmbH'");
        await office.ChargeAsync(2027); // who was left, and the cancelled one anew
        await office.InvokeAsync<SetOff>("office", new SetOffCredit(await office.InvoiceAsync(person, 2027)));
        await PayAsync(practice, 2027, 60m, new DateOnly(2027, 4, 10));

        office.Office.Clock.SetToday(new DateOnly(2027, 11, 20));
        await ForgiveAsync("-1", ReliefKind.Waiver, new DateOnly(2027, 6, 1));
        await ForgiveAsync("'=1+1", ReliefKind.WriteOff, new DateOnly(2027, 7, 1));
        await ForgiveAsync("@SUM(A1)", ReliefKind.Waiver, new DateOnly(2027, 6, 1));
        await office.InvokeAsync(
            "office",
            new ReverseRelief(await office.InvoiceAsync(await MemberAsync("@SUM(A1)"), 2027), "Beschluss betraf ein anderes Mitglied")
        );
        await PayAsync(await MemberAsync("'=1+1"), 2027, 25m, new DateOnly(2027, 11, 15)); // late money on what was written off
        await RefundAsync(await NumberAsync("Sanitätshaus Öztürk"), 30m, new DateOnly(2027, 8, 1));
        await office.InvokeAsync<TakenOpening>(
            "office",
            new TakeOverOpening(
                new OpeningList(
                    "salden.csv",
                    Encoding.UTF8.GetBytes(
                        $"""
                        Mitgliedsnummer;Name;Offener Betrag;Guthaben;Beitragsjahr;Fällig;Beleg
                        {await NumberAsync("Praxis am Wald")};Praxis am Wald;90;;2025;15.02.2025;2025-7
                        {await NumberAsync("Markt-Apotheke")};Markt-Apotheke;;15;2026;;
                        """
                    ),
                    new Money(75)
                )
            )
        );
        await GiveUpAsync("EB-00001", ReliefKind.Waiver, 30m); // of 90 open
        await GiveUpAsync("EB-00002", ReliefKind.WriteOff, 5m); // of a credit of 15

        office.Office.Clock.SetToday(new DateOnly(2027, 12, 5));
        await office.ValueAsync(hospital, 655, 2028);
        await office.ValueAsync(company, 9, 2028);
        await office.ChargeAsync(2028);
        await PayAsync(insurer, 2028, 1000m, new DateOnly(2027, 12, 3));
        Book = await office.ReportAsync("2027-01-01", "2027-12-31");
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Office.DisposeAsync();

    // Small claims; where the office's rules ask for a second person, one agrees.
    private async Task ForgiveAsync(string name, ReliefKind kind, DateOnly resolvedOn)
    {
        await DecideAsync(new RequestRelief(await Office.InvoiceAsync(await MemberAsync(name), 2027), kind, "Vorstand", resolvedOn, "Beschluss vom Frühjahr"));
    }

    private Task GiveUpAsync(string number, ReliefKind kind, decimal amount) =>
        DecideAsync(new RequestRelief(number, kind, "Vorstand", new DateOnly(2027, 11, 20), "Beschluss über das Übernommene", new Money(amount)));

    private async Task DecideAsync(RequestRelief relief)
    {
        if (await Office.InvokeAsync<ReliefState>("office", relief) == ReliefState.Requested)
            await Office.InvokeAsync("office2", new ApproveRelief(relief.Number));
    }

    private async Task RefundAsync(string member, decimal amount, DateOnly paidOn)
    {
        if (!(await Office.InvokeAsync<RefundedCredit>("office", new RefundCredit(member, new Money(amount), paidOn))).Posted)
            await Office.InvokeAsync(
                "office2",
                new ApproveRefund(RefundRequestId.From(await Office.ReadAsync<Guid>("select id from billing.refund_request where state = 'requested'")), paidOn)
            );
    }

    private async Task<MemberId> MemberAsync(string name) =>
        MemberId.From(await Office.ReadAsync<Guid>("select id from membership.member where name = @name", new { name }));

    private Task<string> NumberAsync(string name) => Office.ReadAsync<string>("select number from membership.member where name = @name", new { name });

    private async Task PayAsync(MemberId member, int year, decimal amount, DateOnly receivedOn) =>
        await Office.InvokeAsync<RecordedPayment>(
            "office",
            new RecordPayment(await Office.InvoiceAsync(member, year), new Money(amount), receivedOn, CreditUpTo: new Money(amount))
        );
}
