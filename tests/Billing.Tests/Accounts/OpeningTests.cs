using System.Text;
using Association.Billing.Accounts.Opening;
using Association.Billing.Accounts.Opening.Drafts;
using Association.Billing.Accounts.Statement;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Payments;
using Association.Billing.OpenItems;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Testing.Files;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Accounts;

public sealed class OpeningTests : IAsyncLifetime
{
    private const string Header = "Mitglieds-Nr.;Name;Offener Betrag;Guthaben;Beleg;Jahr;Fällig am;Bemerkung";
    private BillingOffice _office = null!;
    private MemberCard _first = null!;
    private MemberCard _second = null!;

    public async Task InitializeAsync()
    {
        _office = await BillingOffice.OpenAsync();
        _first = _office.Membership.AddMember(c => c with { Name = "Waldkrankenhaus Lebach gGmbH" });
        _second = _office.Membership.AddMember(c => c with { Name = "Hürter, Katrin" });
        await _office.DeliverAsync(new MembersChanged([_first.Id, _second.Id]));
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Fact]
    public async Task open_amounts_and_credits_are_booked_paid_set_off_and_stand_in_the_statement()
    {
        var taken = await TakeAsync(
            List(
                $"{_first.Number};Waldkrankenhaus Lebach;1.234,50;;2025-114;2025;15.02.2025;ruft an",
                $"{_second.Number};Katrin Hürter;60,00;25,50;;2025;15.02.2026;",
                "Summe;;1.294,50;25,50;;;;"
            ),
            1269
        );
        taken.Plan.NotRead.ShouldBe(["Bemerkung"]);

        var open = await OpenItemsAsync();
        open.Select(o => (o.Invoice, o.Member, o.Open.Amount, o.Age))
            .ShouldBe([("EB-00001", _first.Number, 1234.50m, OpenItemAge.Over90), ("EB-00002", _second.Number, 60, OpenItemAge.Over90)]);
        (await _office.As().Bus.QueryAsync(new ListCredits())).ShouldHaveSingleItem().OpenInvoice.ShouldBe("EB-00002");

        var paid = await _office.InvokeAsync<RecordedPayment>(new RecordPayment("eb-00001", new Money(1000), BillingOffice.Today));
        paid.ShouldBe(new RecordedPayment(new Money(234.50m), Money.Zero, Entry: paid.Entry));
        (await _office.InvokeAsync<SetOff>(new SetOffCredit("EB-00002"))).ShouldBe(new SetOff(new Money(25.50m), new Money(34.50m)));
        var statement = (await _office.As().Bus.QueryAsync(new GetStatement(_first.Number))).ShouldNotBeNull();
        statement
            .Lines.Select(l => (l.Kind, l.Number, l.Text, l.Balance.Amount))
            .ShouldBe([(PostingKind.Opening, "EB-00001", "2025-114, 2025", 1234.50m), (PostingKind.Payment, "EB-00001", "EB-00001", 234.50m)]);
        statement.Open.ShouldHaveSingleItem().Origin.ShouldBe("2025-114, 2025");
        (await _office.ReadAsync<decimal>("select sum(credit - debit) from billing.posting_line where ledger_account = 'opening'")).ShouldBe(1269);
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_wrong_control_sum_is_refused_with_both_numbers_and_nothing_is_booked()
    {
        var refused = await Should.ThrowAsync<ProblemsException>(TakeAsync(List($"{_first.Number};Waldkrankenhaus Lebach;120;;2025;;15.02.2025;"), 121));
        refused.Problems.ShouldHaveSingleItem().Field.ShouldBe("ControlSum");
        refused.Message.ShouldContain("121");
        refused.Message.ShouldContain("120");
        await ShouldHaveBookedNothingAsync();
    }

    [Fact]
    public async Task wrong_cells_are_named_each_by_its_place_and_keep_the_whole_list_out()
    {
        var list = List(
            $"{_first.Number};Ganz Anders GmbH;120;;2025;;15.02.2025;",
            "9999;Niemand;10;;2025;;15.02.2025;",
            $"{_second.Number};Katrin Hürter;-5;;2025;;15.02.2025;",
            $"{_second.Number};Katrin Hürter;12,345;;2025;;15.02.2025;",
            $"{_second.Number};Katrin Hürter;zehn;;2025;;15.02.2025;",
            $"{_second.Number};Katrin Hürter;10;;;;15.02.2025;",
            $"{_second.Number};Katrin Hürter;10;;2024;;31.02.2025;",
            $"{_second.Number};Katrin Hürter;10;;2023;;;",
            ";Katrin Hürter;10;;2022;;15.02.2025;",
            $"{_first.Number};Lebach Waldkrankenhaus;120;;2025;;15.02.2025;"
        );
        var plan = await _office.As().Bus.QueryAsync(new PreviewOpening(new OpeningList("salden.csv", list, new Money(290))));
        plan.Findings.Select(f => f.Cell).Order(StringComparer.Ordinal).ShouldBe(["A10", "A3", "B2", "C4", "C5", "C6", "E11", "E7", "G8", "G9"]);
        plan.SumAgrees.ShouldBeTrue();
        plan.CanBeTakenOver.ShouldBeFalse();
        (await Should.ThrowAsync<ProblemsException>(TakeAsync(list, 290))).Problems.Count.ShouldBe(10);
        await ShouldHaveBookedNothingAsync();
    }

    [Fact]
    public async Task an_amount_that_may_be_either_of_two_is_named_with_both_readings()
    {
        var list = List(
            $"{_first.Number};Waldkrankenhaus Lebach;1.000.00;;2025;;15.02.2025;",
            $"{_first.Number};Waldkrankenhaus Lebach;12,345;;2024;;15.02.2025;",
            $"{_first.Number};Waldkrankenhaus Lebach;01.03.2019;;2023;;15.02.2025;",
            $"{_first.Number};Waldkrankenhaus Lebach;1.234,50 €;;2022;;15.02.2025;"
        );
        var plan = await _office.As().Bus.QueryAsync(new PreviewOpening(new OpeningList("salden.csv", list, new Money(1234.50m))));
        plan.Findings.Select(f => f.Cell).ShouldBe(["C2", "C3", "C4"]);
        foreach (var finding in plan.Findings.Take(2))
            finding.Reason.ShouldContain("auf zwei Arten");
        plan.Findings[2].Reason.ShouldBe("Das ist kein Betrag.");
        plan.SumAgrees.ShouldBeTrue();
        plan.CanBeTakenOver.ShouldBeFalse();
    }

    [Theory]
    [InlineData("salden.csv")]
    [InlineData("salden.xlsx")]
    [InlineData("salden.xls")]
    public async Task a_cleaned_cell_of_a_file_is_told_with_what_it_was_and_what_is_taken_over(string file)
    {
        object[][] rows =
        [
            ["Mitglieds-Nr.", "Name", "Offener Betrag", "Guthaben", "Beleg", "Fällig am", "Bemerkung"],
            [_first.Number, "Waldkrankenhaus\u00ad Lebach", "12\u200b0,00", "", "RE\u202e-7", "15.02.2025", "wird\u200b nicht gelesen"],
            [_second.Number, "Katrin Hürter", "60", "", "2025", "15.02.2026", ""],
        ];
        var bytes = file switch
        {
            "salden.csv" => Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(r => string.Join(';', r)))),
            "salden.xls" => new OldWorkbook(rows).Bytes(),
            _ => Workbook(rows),
        };

        var list = new OpeningList(file, bytes, new Money(180));
        var plan = (await _office.InvokeAsync<TakenOpening>(new TakeOverOpening(list))).Plan;

        plan.Notices.Select(n => (n.Cell, n.Reason))
            .ShouldBe([
                ("B2", "Hier standen Zeichen, die man nicht sieht: „Waldkrankenhaus[U+00AD] Lebach“. Übernommen wird „Waldkrankenhaus Lebach“."),
                ("C2", "Hier standen Zeichen, die man nicht sieht: „12[U+200B]0,00“. Übernommen wird „120,00“."),
                ("E2", "Hier standen Zeichen, die man nicht sieht: „RE[U+202E]-7“. Übernommen wird „RE-7“."),
            ]);
        (await OpenItemsAsync()).Select(o => o.Open.Amount).ShouldBe([120, 60]);
    }

    private static byte[] Workbook(object[][] rows)
    {
        using var file = new MemoryStream();
        using (var workbook = new ClosedXML.Excel.XLWorkbook())
        {
            workbook.AddWorksheet("Salden").Cell(1, 1).InsertData(rows);
            workbook.SaveAs(file);
        }
        return file.ToArray();
    }

    [Theory]
    [InlineData(' ')]
    [InlineData('\u200b')]
    [InlineData('.')]
    [InlineData('1')]
    public async Task a_cell_of_32767_characters_holds_up_a_list_in_no_column(char filling)
    {
        string[] row = [_first.Number, "Waldkrankenhaus Lebach", "120", "10", "2025", "2025", "15.02.2025", ""];
        var cells = new[] { new string(filling, 32_767), $"X{new string(filling, 32_765)}X", $"1{new string(filling, 32_764)}1€" };
        var rows = row.SelectMany((_, column) => cells.Select(cell => string.Join(';', row.Select((own, at) => at == column ? cell : own)))).ToArray();

        var preview = _office.As().Bus.QueryAsync(new PreviewOpening(new OpeningList("voll.csv", List(rows), new Money(1))));

        (await preview.WaitAsync(TimeSpan.FromMinutes(2))).Findings.Count.ShouldBeGreaterThan(0); // a bound for what never ends
    }

    [Fact]
    public async Task the_same_file_is_taken_over_once_by_two_hosts_at_once_and_an_item_once_from_two_files()
    {
        var list = List($"{_first.Number};Waldkrankenhaus Lebach;120;;2025;;15.02.2025;");
        var tries = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async _ =>
                {
                    try
                    {
                        await TakeAsync(list, 120);
                        return "";
                    }
                    catch (ProblemsException refused)
                    {
                        return refused.Message;
                    }
                })
        );
        tries.Count(t => t.Length == 0).ShouldBe(1);
        tries.Where(t => t.Length > 0).ShouldAllBe(t => t.Contains("schon übernommen", StringComparison.Ordinal));

        var other = List($"{_first.Number};Waldkrankenhaus Lebach;120;;2025;;15.02.2025;noch einmal");
        (await Should.ThrowAsync<ProblemsException>(TakeAsync(other, 120))).Message.ShouldContain("E2");
        (await OpenItemsAsync()).ShouldHaveSingleItem();
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_list_is_undone_as_long_as_nothing_was_settled_and_may_come_again()
    {
        var list = List($"{_first.Number};Waldkrankenhaus Lebach;120;30;2025;;15.02.2025;");
        var first = await TakeAsync(list, 90);
        await _office.As().Bus.InvokeAsync(new UndoOpening(first.Import));
        (await OpenItemsAsync()).ShouldBeEmpty();
        (await _office.As().Bus.QueryAsync(new ListCredits())).ShouldBeEmpty();
        (await Should.ThrowAsync<ProblemsException>(_office.As().Bus.InvokeAsync(new UndoOpening(first.Import)))).Problems.ShouldHaveSingleItem();

        var second = await TakeAsync(list, 90);
        await _office.InvokeAsync<SetOff>(new SetOffCredit("EB-00003"));
        (await Should.ThrowAsync<ProblemsException>(_office.As().Bus.InvokeAsync(new UndoOpening(second.Import)))).Message.ShouldContain("EB-00003");
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task the_books_refuse_to_change_or_overpay_an_item_behind_the_programs_back()
    {
        await TakeAsync(List($"{_first.Number};Waldkrankenhaus Lebach;120;;2025;;15.02.2025;"), 120);
        (await Should.ThrowAsync<Npgsql.PostgresException>(_office.ExecuteAsync("update billing.item set amount = 1"))).SqlState.ShouldBe("AS001");
        (await Should.ThrowAsync<Npgsql.PostgresException>(_office.ExecuteAsync("delete from billing.item"))).SqlState.ShouldBe("AS001");
        (
            await Should.ThrowAsync<Npgsql.PostgresException>(
                _office.ExecuteAsync(
                    """
                    do $$ declare entry uuid := gen_random_uuid(); begin
                      insert into billing.posting_line (posting_id, position, ledger_account, account_id, item_id, debit, credit)
                        select entry, 1, 'receivables', e.account_id, e.id, 0, 500 from billing.item e union all select entry, 2, 'bank', null, null,
                          500, 0;
                      insert into billing.posting (id, kind, booked_on, dated_on, text, posted_by)
                        values (entry, 'payment', current_date, current_date, 'x', 'x');
                    end $$
                    """
                )
            )
        ).SqlState.ShouldBe("AS002");
    }

    [Fact]
    public async Task an_upload_waits_for_its_person_until_the_control_sum_is_right()
    {
        var list = new OpeningList("salden.csv", List($"{_first.Number};Waldkrankenhaus Lebach;120;;2025;;15.02.2025;"), new Money(12));
        var scope = _office.As();
        var draft = await scope.Bus.InvokeAsync<Guid>(new UploadOpening(list));
        (await scope.Bus.QueryAsync(new ReadOpeningDraft(draft))).ShouldNotBeNull().SumAgrees.ShouldBeFalse();
        await Should.ThrowAsync<ProblemsException>(scope.Bus.InvokeAsync<TakenOpening>(new ApplyOpeningDraft(draft)));
        await scope.Bus.InvokeAsync(new CorrectControlSum(draft, new Money(120)));
        (await scope.Bus.InvokeAsync<TakenOpening>(new ApplyOpeningDraft(draft))).Plan.OpenSum.ShouldBe(new Money(120));
        (await scope.Bus.QueryAsync(new ReadOpeningDraft(draft))).ShouldBeNull();
        await Should.ThrowAsync<ProblemsException>(scope.Bus.InvokeAsync<TakenOpening>(new ApplyOpeningDraft(draft)));
    }

    [Fact]
    public async Task excel_reads_like_csv_and_a_formula_stays_text()
    {
        using var stream = new MemoryStream();
        await SpreadsheetWriter.WriteAsync(
            stream,
            "Salden",
            DateTimeOffset.UnixEpoch.AddYears(20),
            new SheetColumns<int>()
                .Text("Mitgliedsnummer", _ => _first.Number)
                .Text("Name", _ => "Waldkrankenhaus Lebach")
                .Money("Offener Betrag", _ => new Money(120.10m))
                .Money("Guthaben", _ => null)
                .Text("Beleg/Jahr", _ => "=HYPERLINK(\"https://x\")")
                .Date("Fällig am", _ => new DateOnly(2025, 2, 15)),
            new[] { 1 }.ToAsyncEnumerable(),
            CancellationToken.None
        );
        await _office.InvokeAsync<TakenOpening>(new TakeOverOpening(new OpeningList("salden.xlsx", stream.ToArray(), new Money(120.10m))));
        var statement = (await _office.As().Bus.QueryAsync(new GetStatement(_first.Number))).ShouldNotBeNull();
        statement
            .Open.ShouldHaveSingleItem()
            .ShouldBe(
                new OpenReceivable(
                    "EB-00001",
                    "=HYPERLINK(\"https://x\")",
                    new DateOnly(2025, 2, 15),
                    new Money(120.10m),
                    new Money(120.10m),
                    PaymentRoute.Transfer
                )
            );
    }

    [Theory]
    [InlineData("", "File")]
    [InlineData("Vorname;Nachname\nA;B", "File")]
    [InlineData("Mitgliedsnummer;Offener Betrag;Beleg;Fällig am\n1;2;3;4", "File")]
    [InlineData("Mitgliedsnummer;Name;Offener Betrag;Offen;Beleg;Fällig am\n1;2;3;4;5;6", "File")]
    public async Task a_file_that_is_no_such_list_is_refused_in_words(string text, string field) =>
        (await Should.ThrowAsync<ProblemsException>(TakeAsync(Encoding.UTF8.GetBytes(text), 0))).Problems.ShouldAllBe(p =>
            p.Field == field && p.Text.Length > 20
        );

    private Task<TakenOpening> TakeAsync(byte[] list, decimal sum) =>
        _office.InvokeAsync<TakenOpening>(new TakeOverOpening(new OpeningList("salden.csv", list, new Money(sum))));

    private static byte[] List(params IEnumerable<string> rows) => Encoding.UTF8.GetBytes(string.Join('\n', [Header, .. rows]));

    private async Task<IReadOnlyList<OpenItem>> OpenItemsAsync() => (await _office.As().Bus.QueryAsync(new ListOpenItems())).Rows;

    private async Task ShouldHaveBookedNothingAsync() =>
        (
            await _office.ReadAsync<long>(
                "select (select count(*) from billing.posting) + (select count(*) from billing.opening_import) + (select count(*) from platform.archive_file)"
            )
        ).ShouldBe(0);
}
